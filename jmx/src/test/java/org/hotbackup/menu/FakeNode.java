package org.hotbackup.menu;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** A node with beans that answer what a test tells them to, and remember what they were asked. */
final class FakeNode implements Nodes {

    final Map<String, Bean<ServerMXBean>> servers = new TreeMap<>();
    final Bean<NodeMXBean> node = new Bean<>(NodeMXBean.class);
    final Bean<TransactionLogQueueMXBean> queue = new Bean<>(TransactionLogQueueMXBean.class);
    final Bean<LostAndFoundMXBean> lostAndFound = new Bean<>(LostAndFoundMXBean.class);
    final Bean<PermanentLogMXBean> log = new Bean<>(PermanentLogMXBean.class);
    final Bean<NoticesMXBean> notices = new Bean<>(NoticesMXBean.class);
    final Bean<TasksMXBean> tasks = new Bean<>(TasksMXBean.class);
    final Bean<SamplesMXBean> samples = new Bean<>(SamplesMXBean.class);
    final Bean<SecurityMXBean> security = new Bean<>(SecurityMXBean.class);
    final Bean<AuditMXBean> audit = new Bean<>(AuditMXBean.class);
    final Bean<VerificationMXBean> verification = new Bean<>(VerificationMXBean.class);
    final Bean<TapeMXBean> tape = new Bean<>(TapeMXBean.class);
    final Bean<ResyncMXBean> resync = new Bean<>(ResyncMXBean.class);
    final Bean<TapeSocketMXBean> tapeSocket = new Bean<>(TapeSocketMXBean.class);
    final Map<String, Bean<TapeServerMXBean>> tapeServers = new TreeMap<>();
    List<String> running = List.of("prod");
    /** Names that nodes have of their own, by those under which they are known here. */
    final Map<String, String> named = new HashMap<>();

    int closed;
    /** Those that its user has had since. */
    final List<String> passwords = new ArrayList<>();

    /** One bean. */
    static final class Bean<T> implements InvocationHandler {

        final List<String> asked = new ArrayList<>();
        private final Map<String, Function<Object[], Object>> answers = new HashMap<>();
        private final Class<T> contract;
        private Function<Method, Object> otherwise;
        private Consumer<Method> heard = method -> {};

        Bean(Class<T> contract) {
            this.contract = contract;
            this.otherwise = method -> {
                throw new AssertionError("nobody told what " + contract.getSimpleName() + " answers to " + method);
            };
        }

        /** Answers this to what nobody told. */
        Bean<T> otherwise(Function<Method, Object> answer) {
            otherwise = answer;
            return this;
        }

        Bean<T> answer(String method, Object answer) {
            return on(method, arguments -> answer);
        }

        Bean<T> on(String method, Function<Object[], Object> answer) {
            answers.put(method, answer);
            return this;
        }

        /** Tells of each call. */
        Bean<T> heard(Consumer<Method> listener) {
            heard = listener;
            return this;
        }

        T proxy() {
            return contract.cast(
                    Proxy.newProxyInstance(FakeNode.class.getClassLoader(), new Class<?>[] {contract}, this));
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            Object[] given = arguments == null ? new Object[0] : arguments;
            asked.add(method.getName() + List.of(given));
            heard.accept(method);
            Function<Object[], Object> answer = answers.get(method.getName());
            return answer == null ? otherwise.apply(method) : answer.apply(given);
        }
    }

    FakeNode() {
        node.on("getServerNames", arguments -> List.copyOf(servers.keySet()));
        node.answer("getHealth", "OK");
        tapeSocket.on("getServerNames", arguments -> List.copyOf(tapeServers.keySet()));
    }

    /** A master server that is up. */
    Bean<ServerMXBean> master(String name) {
        return server(name, "Master", "Idle").answer("getPendingUpdates", -1L);
    }

    /** A slave server that is up. */
    Bean<ServerMXBean> slave(String name) {
        return server(name, "Slave", "Reading network").answer("getPendingUpdates", 0L);
    }

    private Bean<ServerMXBean> server(String name, String type, String status) {
        Bean<ServerMXBean> server = new Bean<>(ServerMXBean.class)
                .answer("getName", name)
                .answer("getServerType", type)
                .answer("getStatus", status)
                .answer("getRefusal", "")
                .answer("getTrouble", "")
                .answer("getWaiting", 0L)
                .answer("getPromotion", "")
                .answer("isRunning", true)
                .answer("getLastMessage", "");
        servers.put(name, server);
        return server;
    }

    /** A tape-socket server that is up, in the middle of a tape. */
    Bean<TapeServerMXBean> tapeServer(String name, String direction, String status) {
        Bean<TapeServerMXBean> server = new Bean<>(TapeServerMXBean.class)
                .answer("getName", name)
                .answer("getDirection", direction)
                .answer("getStatus", status)
                .answer("getRefusal", "")
                .answer("isRunning", true)
                .answer("getCurrentBlock", 4_711L)
                .answer("getWrittenBlock", 4_700L)
                .answer("getPipe", "/srv/pipes/" + name)
                .answer("getLastMessage", "");
        tapeServers.put(name, server);
        return server;
    }

    @Override
    public List<String> running() {
        return running;
    }

    @Override
    public void passwordChanged(String password) {
        passwords.add(password);
    }

    @Override
    public Link connect(String name) {
        node.answer("getName", named.getOrDefault(name, name));
        return new Link() {
            @Override
            public ControlDirectory controls() {
                return FakeNode.this.controls();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private ControlDirectory controls() {
        return new Bean<>(ControlDirectory.class)
                .answer("node", node.proxy())
                .answer("transactionLogQueue", queue.proxy())
                .answer("lostAndFound", lostAndFound.proxy())
                .answer("permanentLog", log.proxy())
                .answer("notices", notices.proxy())
                .answer("tasks", tasks.proxy())
                .answer("samples", samples.proxy())
                .answer("security", security.proxy())
                .answer("audit", audit.proxy())
                .on("server", arguments -> found(servers, (String) arguments[0], MessageCode.NO_SERVER))
                .answer("tape", tape.proxy())
                .answer("resync", resync.proxy())
                .answer("tapeSocket", tapeSocket.proxy())
                .on("tapeServer", arguments -> found(tapeServers, (String) arguments[0], MessageCode.NO_TAPE_SERVER))
                .on("verification", arguments -> verification.proxy())
                .proxy();
    }

    private static <T> T found(Map<String, Bean<T>> beans, String name, MessageCode otherwise) {
        if (!beans.containsKey(name)) {
            throw new Refusal(otherwise, name);
        }
        return beans.get(name).proxy();
    }
}
