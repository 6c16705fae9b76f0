package org.hotbackup.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TasksMXBean;

/** Waits for operations that a node goes on with after it has answered: whoever gives a command wants its end. */
final class Settling {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Settling() {}

    /** The same bean, whose operations answer when they are over. */
    static <T> T proxy(Class<T> contract, T bean, Supplier<TasksMXBean> tasks) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(bean, arguments);
                        return answer instanceof OperationReceipt receipt ? settled(receipt, tasks) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static OperationReceipt settled(OperationReceipt first, Supplier<TasksMXBean> tasks) {
        OperationReceipt receipt = first;
        while (receipt.goesOn() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            receipt = tasks.get().receipt(first.task());
        }
        return receipt;
    }
}
