package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.Caller;
import org.junit.jupiter.api.Test;

class LoginsTest {

    private static final String RIGHT = "right:password";

    private final AtomicInteger asked = new AtomicInteger();
    private final Logins logins = new Logins();
    private final Map<String, Set<String>> roles = new ConcurrentHashMap<>();
    private String credential = "first";

    LoginsTest() {
        logins.audit = new AuditTrail();
        logins.audit.files = new FilesInMemory().files();
        logins.users = new Users() {
            @Override
            public Optional<String> verify(String user, String password) {
                asked.incrementAndGet();
                return user.startsWith("dm") && password.equals(RIGHT) ? Optional.of(credential) : Optional.empty();
            }

            @Override
            public Set<String> roles(String user) {
                return roles.getOrDefault(user, Set.of("admin"));
            }

            @Override
            public String credential(String user) {
                return user.startsWith("dm") ? credential : "";
            }
        };
    }

    private Optional<Set<String>> roles(String user, String password) {
        return logins.authenticate(new Caller(user, "rest", "127.0.0.1"), password);
    }

    @Test
    void shouldRecordOnceWhoGuessesAndNeverWhatIsNoName() {
        for (int i = 0; i < 100; i++) {
            roles("dm", "guess " + i);
            roles("my password", "x");
        }
        assertThat(logins.audit.list(0, 10))
                .extracting(AuditRecord::user, AuditRecord::operation, AuditRecord::outcome)
                .containsExactly(tuple("dm", "logIn", "REFUSED"), tuple("", "logIn", "REFUSED"));
        logins.audit.close();
        assertThat(logins.audit.list(2, 10))
                .extracting(AuditRecord::user, AuditRecord::times)
                .containsExactly(tuple("dm", 99L), tuple("", 99L));
        assertThat(logins.failedTotal()).isEqualTo(200);
    }

    @Test
    void shouldRecordEachLogInAtOnceAlsoAmongGuesses() {
        Caller dm = new Caller("dm", "rest", "127.0.0.1");
        roles("dm", "guess");
        logins.loggedIn(dm);
        roles("dm", "guess again");
        logins.loggedIn(dm);
        assertThat(logins.audit.list(0, 10))
                .extracting(AuditRecord::operation, AuditRecord::outcome, AuditRecord::times)
                .containsExactly(tuple("logIn", "REFUSED", 1L), tuple("logIn", "DONE", 1L), tuple("logIn", "DONE", 1L));
        logins.audit.close();
        assertThat(logins.audit.list(3, 10))
                .extracting(AuditRecord::outcome, AuditRecord::times)
                .containsExactly(tuple("REFUSED", 1L));
    }

    @Test
    void shouldKnowAtOnceWhatAUserMayNoLonger() {
        assertThat(roles("dm", RIGHT)).contains(Set.of("admin"));
        roles.put("dm", Set.of("viewer"));
        assertThat(roles("dm", RIGHT)).contains(Set.of("viewer"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldCheckThePasswordAgainOnceTheUserHasAnotherOne() {
        assertThat(roles("dm", RIGHT)).isPresent();
        credential = "second";
        assertThat(roles("dm", RIGHT)).isPresent();
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldNotLetInWhoseUserWasChangedWhileThePasswordWasChecked() {
        Users before = logins.users;
        logins.users = new Users() {
            @Override
            public Optional<String> verify(String user, String password) {
                Optional<String> verified = before.verify(user, password);
                credential = "second";
                return verified;
            }

            @Override
            public String credential(String user) {
                return credential;
            }

            @Override
            public Set<String> roles(String user) {
                return Set.of("admin");
            }
        };
        assertThat(roles("dm", RIGHT)).isEmpty();
        logins.users = before;
        assertThat(roles("dm", RIGHT)).isPresent();
        assertThat(asked).as("nothing was remembered that does not hold").hasValue(2);
    }

    @Test
    void shouldNotCheckMoreThanTwoPasswordsAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(Logins.CHECKED_AT_ONCE);
        logins.users = new Users() {
            @Override
            public Optional<String> verify(String user, String password) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                two.countDown();
                try {
                    two.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                now.decrementAndGet();
                return Optional.empty();
            }

            @Override
            public String credential(String user) {
                return "";
            }
        };
        ExecutorService crowd = Executors.newFixedThreadPool(20);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "stranger " + i;
                all.add(crowd.submit(() -> roles(name, "x")));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            crowd.shutdownNow();
        }
        assertThat(most).hasValue(Logins.CHECKED_AT_ONCE);
    }

    @Test
    void shouldAskOnceForACallerWhoComesBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(roles("dm", RIGHT)).contains(Set.of("admin"));
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTellUsersApartWhoseNamesAndPasswordsLookAlike() {
        assertThat(roles("dm", RIGHT)).isPresent();

        assertThat(roles("d", "m" + RIGHT)).isEmpty();
        assertThat(roles("dm", RIGHT + " ")).isEmpty();
        assertThat(roles("dmr", RIGHT.substring(1))).isEmpty();
        assertThat(asked).hasValue(4);
    }

    @Test
    void shouldStopAskingForAUserWhosePasswordIsBeingGuessed() {
        for (int i = 0; i < 100; i++) {
            assertThat(roles("dm", "guess " + i)).isEmpty();
        }

        assertThat(asked).hasValueLessThan(10);
        assertThat(roles("dm", RIGHT)).as("not even the right one, for a while").isEmpty();
        assertThat(roles("dm2", RIGHT)).as("somebody else").isPresent();
    }

    @Test
    void shouldLetInWhoWasVerifiedWhileSomebodyGuesses() {
        assertThat(roles("dm", RIGHT)).isPresent();
        for (int i = 0; i < 100; i++) {
            assertThat(roles("dm", "guess " + i)).isEmpty();
        }

        assertThat(roles("dm", RIGHT)).isPresent();
    }

    @Test
    void shouldForgetFailuresAfterASuccess() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(roles("dm", "round " + round + " guess " + i)).isEmpty();
            }
            assertThat(roles("dm", RIGHT)).as("round %d", round).isPresent();
        }
    }

    /** Names that nobody has cost nothing to invent. */
    @Test
    void shouldNotForgetWhosePasswordIsGuessedBecauseOfInventedNames() {
        for (int i = 0; i < 10; i++) {
            assertThat(roles("dm", "guess " + i)).isEmpty();
        }
        int before = asked.get();
        for (int i = 0; i < 5_000; i++) {
            assertThat(roles("stranger " + i, "x")).isEmpty();
        }
        assertThat(asked).hasValue(before + 5_000);

        assertThat(roles("dm", RIGHT)).as("still blocked").isEmpty();
        assertThat(asked).hasValue(before + 5_000);
    }

    @Test
    void shouldNotForgetWhoIsVerifiedBecauseOfInventedNames() {
        assertThat(roles("dm", RIGHT)).isPresent();
        for (int i = 0; i < 5_000; i++) {
            assertThat(roles("stranger " + i, "x")).isEmpty();
        }
        assertThat(roles("dm", RIGHT)).isPresent();
        assertThat(asked).hasValue(5_001);
    }

    @Test
    void shouldNotGrowWithTheNamesThatStrangersTry() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(roles("stranger " + i, "x")).isEmpty();
            assertThat(logins.remembered()).isLessThanOrEqualTo(1_001);
        }
        assertThat(asked).hasValue(5_000);
    }
}
