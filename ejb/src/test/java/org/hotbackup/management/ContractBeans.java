package org.hotbackup.management;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.hotbackup.control.ControlNames;

/** Every contract there is, under its name, with nothing behind it. */
final class ContractBeans {

    /** The server that beans of servers are of. */
    static final String SERVER = "todev";

    private ContractBeans() {}

    /** All contracts, by name: those of the package that {@link ControlNames} is in. */
    static List<Class<?>> contracts() {
        URL known = ControlNames.class.getResource("ControlNames.class");
        try {
            return known.getProtocol().equals("jar")
                    ? inJar(known)
                    : inFolder(Path.of(known.toURI()).getParent());
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Class<?>> inJar(URL known) throws IOException, URISyntaxException {
        try (FileSystem jar = FileSystems.newFileSystem(known.toURI(), Map.of())) {
            return inFolder(jar.getPath(ControlNames.class.getPackageName().replace('.', '/')));
        }
    }

    private static List<Class<?>> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("MXBean.class"))
                    .sorted()
                    .<Class<?>>map(file -> load(file.replace(".class", "")))
                    .toList();
        }
    }

    private static Class<?> load(String contract) {
        try {
            return Class.forName(ControlNames.class.getPackageName() + "." + contract);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A bean that is not asked anything. */
    static <T> T idle(Class<T> contract) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " is asked");
                }));
    }

    /** The name of a contract's bean: that of the method of {@link ControlNames} that is called as the contract is. */
    static ObjectName name(Class<?> contract) {
        String type = contract.getSimpleName().replace("MXBean", "");
        String called = Character.toLowerCase(type.charAt(0)) + type.substring(1);
        Method method = Arrays.stream(ControlNames.class.getMethods())
                .filter(m -> m.getName().equals(called))
                .findFirst()
                .orElseThrow(() -> new AssertionError("ControlNames does not know " + contract));
        try {
            return (ObjectName)
                    method.invoke(null, method.getParameterCount() == 0 ? new Object[0] : new Object[] {SERVER});
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Registers all of them. */
    static MBeanRegistrar registered(Executor sender) {
        MBeanRegistrar registrar = new MBeanRegistrar(new ControlGuard(), sender);
        contracts().forEach(contract -> register(registrar, contract));
        return registrar;
    }

    private static <T> void register(MBeanRegistrar registrar, Class<T> contract) {
        registrar.register(name(contract), idle(contract), contract);
    }
}
