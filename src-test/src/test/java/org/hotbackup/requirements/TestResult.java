package org.hotbackup.requirements;

/** How a test ended in a build, the worst first. */
enum TestResult {
    FAILED("FAILED"),
    NOT_RUN("not run"),
    SKIPPED("skipped"),
    PASSED("passed");

    private final String shown;

    TestResult(String shown) {
        this.shown = shown;
    }

    /** Of two invocations of one test: it failed if one did, and passed if one did and none failed. */
    TestResult and(TestResult other) {
        if (this == FAILED || other == FAILED) {
            return FAILED;
        }
        return compareTo(other) > 0 ? this : other;
    }

    /** Whether it came to an end of its own. */
    boolean ran() {
        return this == FAILED || this == PASSED;
    }

    @Override
    public String toString() {
        return shown;
    }
}
