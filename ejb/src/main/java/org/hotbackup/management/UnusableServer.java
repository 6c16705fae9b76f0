package org.hotbackup.management;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionStatistics;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerStatus;

/**
 * A server whose record in {@code dm,hb.log} cannot be used, for every surface: it is there, it is stopped, its last message
 * says what is wrong and what repairs it, and every operation is refused with that sentence.
 */
final class UnusableServer implements InvocationHandler {

    private final String name;
    private final String sentence;

    private UnusableServer(String name, String sentence) {
        this.name = name;
        this.sentence = sentence;
    }

    /** Its control bean. */
    static ServerMXBean of(String name, String sentence) {
        return (ServerMXBean) Proxy.newProxyInstance(
                ServerMXBean.class.getClassLoader(),
                new Class<?>[] {ServerMXBean.class},
                new UnusableServer(name, sentence));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "getName" -> {
                return name;
            }
            case "getServerType" -> {
                return "Unusable";
            }
            case "getStatus" -> {
                return ServerStatus.STOPPED.toString();
            }
            case "getLastMessage", "getTrouble" -> {
                return sentence;
            }
            case "messages" -> {
                return List.of(new LogMessage("", "", name, MessageCode.SERVER_UNUSABLE.id(), sentence));
            }
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return name.hashCode();
            }
            default -> {
                boolean attribute = method.getName().startsWith("get");
                return attribute ? unknown(method.getReturnType()) : refused(method.getReturnType());
            }
        }
    }

    private Object refused(Class<?> type) {
        if (type == OperationReceipt.class) {
            return new OperationReceipt(OperationReceipt.Outcome.REFUSED, MessageCode.SERVER_UNUSABLE.id(), sentence);
        }
        return type == String.class ? sentence : unknown(type);
    }

    private static Object unknown(Class<?> type) {
        if (type == boolean.class) {
            return false;
        } else if (type == int.class) {
            return -1;
        } else if (type == long.class) {
            return -1L;
        } else if (type == double.class) {
            return -1.0;
        } else if (type == List.class) {
            return List.of();
        } else if (type == TransactionStatistics.class) {
            return TransactionStatistics.of("");
        }
        return type == String.class ? "" : null;
    }
}
