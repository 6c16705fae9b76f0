package org.hotbackup.resync;

/** Lets nobody go on for whom the nodes do not work any more. */
record HeldWatch(ResyncWatch watch, ResyncHold hold) implements ResyncWatch {

    @Override
    public void say(String line) {
        watch.say(line);
    }

    @Override
    public void progress(String line) {
        watch.progress(line);
    }

    @Override
    public void pause() {
        hold.require();
        watch.pause();
    }

    @Override
    public long millis() {
        return watch.millis();
    }
}
