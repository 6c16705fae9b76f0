package org.hotbackup.control.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of the manual, each under its number here and in the manual's own spelling. */
class ManualMessagesTest {

    /** A reason, a comment or a peer's sentence must not forge a line of the log, or a header of a mail. */
    @Test
    void shouldShowControlCharactersOfWhatIsFilledIn() {
        assertThat(MessageCode.NOTICE_FROM_SERVER.text("why\n2026-11-21T12:00:00Z HB2016\r\u001b[2J\u2028"))
                .isEqualTo("Notice from server 'why\\x0A2026-11-21T12:00:00Z HB2016\\x0D\\x1B[2J\\x2028'");
        assertThat(MessageCode.USAGE.text("Größe 1 $2 \\x")).isEqualTo("Größe 1 $2 \\x");
    }

    @ParameterizedTest(name = "{0}")
    @Tag("HB-140")
    @Tag("HB-141")
    @Tag("HB-142")
    @Tag("HB-143")
    @Tag("HB-144")
    @Tag("HB-145")
    @Tag("HB-146")
    @Tag("HB-147")
    @Tag("HB-148")
    @Tag("HB-149")
    @Tag("HB-150")
    @Tag("HB-151")
    @Tag("HB-152")
    @Tag("HB-153")
    @Tag("HB-154")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "HB-140|SLAVE_ONLY|HB2008|ERROR: This command applies only to Slave servers",
                "HB-141|NOT_A_PHANTOM|HB2172|Not a phantom. Running on PIB one. PID two",
                "HB-142|TERMINATED_ABNORMALLY|HB2173|Terminated abormally",
                "HB-143|NOTICE_FROM_SERVER|HB2174|Notice from server 'one'",
                "HB-144|WAITING_TO_START|HB2009|Waiting for server 'one' to start",
                "HB-145|WAITING_TO_INITIALIZE|HB2010|Waiting for server 'one' to initialize",
                "HB-146|CANNOT_START_PHANTOM|HB2171|FAILED: Cannot start phantom process",
                "HB-147|START_FAILED|HB2011|FAILED: Server 'one' encountered an error and stopped",
                "HB-148|ALREADY_RUNNING|HB2012|WARNING: Server 'one' is already running on PIB two",
                "HB-149|NOT_ENQUEUED|HB2013|WARNING: Transaction are NOT enqueued",
                "HB-150|QUEUE_HAS_GROWN|HB2014|WARNING: Transaction queue has grown to one frames",
                "HB-151|MALLOC_ERROR|HB2170|malloc error. err=one",
                "HB-152|SOCKET_CREATION_FAILED|HB2175|socket creation failed",
                "HB-153|CANNOT_CALL_HOST|HB2015|Cannot call host 'one'. Errno=two",
                "HB-154|CANNOT_READ_FOF_ITEM|HB2176|Cannot read FOF item 'one'"
            })
    void shouldKeepTheTextAndTheNumber(String requirement, MessageCode code, String id, String text) {
        assertThat(code.id()).as(requirement).isEqualTo(id);
        assertThat(code.text("one", "two")).as(requirement).isEqualTo(text);
    }
}
