package org.hotbackup.menu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is asked of a node: on another thread, so that no node holds the keys up. Answers are taken on the session's own thread,
 * which alone may call this.
 */
final class Calls {

    /** Something that was asked and not answered yet. */
    private record Busy(String doing, long since) {}

    private final Executor elsewhere;
    private final LongSupplier millis;
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private Busy busy;

    /** Asks with this executor, and measures how long answers take with this clock. */
    Calls(Executor elsewhere, LongSupplier millis) {
        this.elsewhere = elsewhere;
        this.millis = millis;
    }

    /**
     * Asks what the keys wait for. Whatever was asked before is not waited for any more.
     *
     * @param doing what is said meanwhile
     * @param answer takes what it brought
     * @param late gets what it brought if nobody waits for it any more
     * @param failed takes why it brought nothing
     */
    <T> void ask(
            String doing,
            Supplier<T> question,
            Consumer<T> answer,
            Consumer<T> late,
            Consumer<RuntimeException> failed) {
        Busy mine = new Busy(doing, millis.getAsLong());
        busy = mine;
        askBehind(
                question,
                result -> {
                    if (busy == mine) {
                        busy = null;
                        answer.accept(result);
                    } else {
                        late.accept(result);
                    }
                },
                e -> {
                    if (busy == mine) {
                        busy = null;
                        failed.accept(e);
                    }
                });
    }

    /** Asks what nobody waits for. */
    <T> void askBehind(Supplier<T> question, Consumer<T> answer, Consumer<RuntimeException> failed) {
        elsewhere.execute(() -> {
            try {
                T result = question.get();
                answers.add(() -> answer.accept(result));
            } catch (RuntimeException e) {
                answers.add(() -> failed.accept(e));
            }
        });
    }

    /** Does something that brings no answer. */
    void tell(Runnable work) {
        elsewhere.execute(work);
    }

    /** Takes the answers that came meanwhile. */
    void takeAnswers() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
    }

    boolean isBusy() {
        return busy != null;
    }

    /** What is being waited for. */
    String doing() {
        return busy.doing();
    }

    /** How long it is being waited for. */
    long seconds() {
        return (millis.getAsLong() - busy.since()) / 1_000;
    }

    /** Nothing is waited for any more. */
    void abandon() {
        busy = null;
    }
}
