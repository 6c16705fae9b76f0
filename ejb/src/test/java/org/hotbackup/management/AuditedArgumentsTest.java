package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.NoticesMXBean;
import org.junit.jupiter.api.Test;

class AuditedArgumentsTest {

    /** Whoever knows the path of such an address can post to it. */
    @Test
    void shouldNotShowWhereNoticesArePostedTo() throws Exception {
        assertThat(AuditedArguments.of(
                        NoticesMXBean.class.getMethod("setAddress", String.class, String.class),
                        new Object[] {"bob", "https://hooks.example.com/T1/B2"}))
                .isEqualTo("user=bob, address=***");
    }
}
