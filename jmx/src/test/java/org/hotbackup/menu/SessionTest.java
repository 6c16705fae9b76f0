package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the keys do, what the node is asked for, and what happens if it does not answer. */
class SessionTest {

    private final FakeNode node = new FakeNode();

    private FakeNode.Bean<ServerMXBean> todev() {
        return node.master("todev")
                .answer("status", "2026-11-21T10:15:31Z  Server 'todev' started")
                .answer("query", "Status Idle")
                .answer("show", "Server name        todev")
                .answer("tracesOn", OperationReceipt.done(MessageCode.TRACES_ON, "todev"))
                .answer("closeFiles", OperationReceipt.refused(MessageCode.SLAVE_ONLY))
                .answer("stop", OperationReceipt.done(MessageCode.SERVER_STOPPED, "todev"));
    }

    @Test
    @Tag("HB-002")
    void shouldTakeAChoiceByItsDigitOrByMovingToIt() {
        todev();
        assertThat(new Driver(node).keys("8").title()).isEqualTo("Special Operations");
        assertThat(new Driver(node)
                        .keys("<DOWN><DOWN><DOWN><DOWN><DOWN><DOWN><DOWN><ENTER>")
                        .title())
                .isEqualTo("Special Operations");
        assertThat(new Driver(node)
                        .keys("<UP><DOWN><DOWN><UP><ENTER>")
                        .messages()
                        .get(0))
                .contains("Query of server 'todev'");
        assertThat(new Driver(node).keys("<END><UP><ENTER>").title()).isEqualTo("Transaction Log Menu");
        Driver tenth = new Driver(node).keys("80");
        assertThat(tenth.title()).isEqualTo("Special Operations");
        assertThat(tenth.messages()).contains(" ERROR: This command applies only to Slave servers");
        assertThat(new Driver(node).keys("8<RIGHT>").screen()).contains(">  6  List permanent log");
    }

    @Test
    @Tag("HB-002")
    void shouldGoBackOneMenuAndOutOfTheFirst() {
        todev();
        Driver driver = new Driver(node).keys("87");
        assertThat(driver.title()).isEqualTo("Clear permanent log");
        assertThat(driver.keys("q").title()).isEqualTo("Special Operations");
        assertThat(driver.keys("<ESCAPE>").title()).isEqualTo("Main Menu");
        assertThat(driver.keys("<CANCEL>").title()).as("nothing is being input").isEqualTo("Main Menu");
        assertThat(driver.keys("Q").session.isOver()).isTrue();
        assertThat(new Driver(node).keys("87X").session.isOver()).isTrue();
        assertThat(new Driver(node).keys("<GONE>").session.isOver()).isTrue();
    }

    /** Who is done with what is shown does not leave the program, whether it has a page or more. */
    @Test
    @Tag("HB-002")
    void shouldGoBackFromWhatIsShownBeforeItLeavesTheMenu() {
        todev();
        for (String out : List.of("<ESCAPE>", "q")) {
            Driver driver = new Driver(node).keys("?");
            assertThat(driver.messages()).isNotEmpty();
            assertThat(driver.keys(out).title()).isEqualTo("Main Menu");
            assertThat(driver.session.isOver()).isFalse();
            assertThat(driver.session.area().messages()).isEmpty();
            assertThat(driver.keys(out).session.isOver()).isTrue();
        }
    }

    @Test
    @Tag("HB-042")
    void shouldImplyTheOnlyServerAndOfferSeveral() {
        todev();
        assertThat(new Driver(node).title()).isEqualTo("Main Menu");
        node.slave("fromprod");
        Driver driver = new Driver(node);
        assertThat(driver.title()).isEqualTo("Select Server");
        assertThat(driver.screen()).contains("1  fromprod", "2  todev", "Select and press <RETURN>");
        assertThat(driver.keys("2").lines().get(1)).startsWith(" todev ");
        assertThat(driver.keys("q").title()).isEqualTo("Select Server");
        assertThat(driver.lines().get(1)).isBlank();
        assertThat(driver.keys("1").lines().get(1)).startsWith(" fromprod ");
    }

    @Test
    void shouldOfferTheNodesIfSeveralRun() {
        todev();
        node.running = List.of("prod", "standby");
        Driver driver = new Driver(node);
        assertThat(driver.title()).isEqualTo("Select Node");
        assertThat(driver.keys("2").lines().get(0)).contains("node standby");
        assertThat(driver.keys("q").title()).isEqualTo("Select Node");
        assertThat(driver.keys("q").session.isOver()).isTrue();
    }

    @Test
    void shouldCallANodeOfAnotherMachineByItsOwnName() {
        todev();
        node.running = List.of("db1:8686");
        node.named.put("db1:8686", "prod");
        node.queue.answer("getDepth", 3L).answer("stopEnqueuing", OperationReceipt.done(MessageCode.ENQUEUING_STOPPED));
        Driver driver = new Driver(node);
        assertThat(driver.lines().get(0)).contains("node prod at db1:8686   OK");

        driver.keys("94prod<ENTER>switched<ENTER>");

        assertThat(node.queue.asked).contains("stopEnqueuing[prod, switched]");
    }

    @Test
    @Tag("HB-041")
    @Tag("HB-050")
    @Tag("HB-051")
    @Tag("HB-054")
    @Tag("HB-062")
    void shouldSetUpTheFirstServerAfterItsConfirmationOnly() {
        node.node.answer("setup", OperationReceipt.done(MessageCode.SERVER_SET_UP, "todev"));
        Driver driver = new Driver(node);
        assertThat(driver.title()).isEqualTo("Setup Server");
        assertThat(driver.screen()).contains(">  1  New Server", "Select and press <RETURN>");

        driver.keys("<ENTER>to dev<ENTER>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("'to dev' cannot be a server name"));
        driver.keys("todev<ENTER>m<ENTER>standby<ENTER>80<ENTER>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("'80' is not valid for TCP port number"));
        assertThat(driver.screen()).contains("> TCP port number  : 80", "Log slave update : -", "Apply updates    : -");
        driver.keys("2000<ENTER>");
        assertThat(driver.screen()).as("the protocol cannot be modified").contains("> Check period     : 300");
        driver.keys("60<ENTER><ENTER>dm,bob,!0<ENTER>");
        assertThat(driver.screen()).contains("> Comments ");
        driver.keys("a \"comment\"<ENTER>n<ENTER>");
        assertThat(driver.screen()).contains("> Server name      : todev");
        assertThat(node.node.asked).noneMatch(asked -> asked.startsWith("setup"));

        driver.keys("<ENTER><ENTER><ENTER><ENTER><ENTER><ENTER><ENTER><ENTER>");
        assertThat(driver.screen()).contains("> Confirm (y/n/q)  :");
        todev();
        driver.keys("y<ENTER>");

        assertThat(node.node.asked)
                .contains("setup[todev, type=\"master\" host=\"standby\" port=\"2000\" check-period=\"60\""
                        + " txlog-timer=\"0\" notify=\"dm,bob,!0\" comments=\"a 'comment'\"]");
        assertThat(driver.title()).isEqualTo("Main Menu");
        assertThat(driver.messages()).contains(" Server 'todev' is set up");
    }

    @Test
    @Tag("HB-002")
    @Tag("HB-062")
    void shouldChangeNothingWhenInputIsCancelled() {
        todev();
        for (String way : List.of("<CANCEL>", "<ESCAPE>")) {
            Driver driver = new Driver(node).keys("841fromprod<ENTER>" + way);
            assertThat(driver.title()).isEqualTo("Setup Server");
            assertThat(driver.messages()).contains(" Cancelled; nothing was changed.");
        }
        Driver quits = new Driver(node).keys("841fromprod<ENTER>s<ENTER>2000" + "<ENTER>".repeat(6) + "q<ENTER>");
        assertThat(quits.messages()).contains(" Cancelled; nothing was changed.");
        assertThat(new Driver(node).keys("841q").title())
                .as("a letter in a field")
                .isEqualTo("New Server");
        assertThat(node.node.asked).noneMatch(asked -> asked.startsWith("setup"));
    }

    @Test
    @Tag("HB-003")
    void shouldHelpWithEveryFieldAsTheCursorEntersIt() {
        todev();
        Driver driver = new Driver(node).keys("841fromprod<ENTER>s<ENTER>");
        assertThat(driver.messages().get(0)).startsWith("-- TCP port number ");
        assertThat(driver.messages()).anyMatch(line -> line.contains("Valid: a number from 1024 to 32767"));
        driver.keys("2000<DOWN>");
        assertThat(driver.messages().get(0)).startsWith("-- Log slave update ");
        driver.keys("<UP>");
        assertThat(driver.messages().get(0)).startsWith("-- TCP port number ");
        assertThat(driver.screen()).contains("> TCP port number  : 2000");
    }

    @Test
    @Tag("HB-093")
    void shouldChangeAServerThatIsStoppedOnly() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        assertThat(new Driver(node).keys("842").messages())
                .anyMatch(line -> line.contains("Server 'todev' is running; stop it before"));
        todev.answer("isRunning", false)
                .answer("getSettings", "type=master host=standby port=2000 comments=\"as it was\"");
        node.node.answer("setup", OperationReceipt.done(MessageCode.SERVER_SET_UP, "todev"));

        Driver driver = new Driver(node).keys("842");

        assertThat(driver.screen()).contains("Server name      : todev", "> Server type      : master", ": as it was");
        driver.keys("<ENTER><ENTER><ENTER><ENTER><ENTER><ENTER>new one<ENTER>y<ENTER>");
        assertThat(node.node.asked)
                .anyMatch(asked -> asked.startsWith("setup[todev,") && asked.contains("comments=\"new one\""));
    }

    @Test
    @Tag("HB-073")
    void shouldStopAServerOnlyIfThatIsConfirmed() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        Driver driver = new Driver(node).keys("4n<ENTER>");
        assertThat(driver.title()).isEqualTo("Main Menu");
        driver.keys("4<ENTER>");
        assertThat(driver.messages()).contains(" Type y, n or q.");
        assertThat(todev.asked).noneMatch(asked -> asked.startsWith("stop["));
        driver.keys("Y<ENTER>");
        assertThat(todev.asked).contains("stop[todev]");
        assertThat(driver.messages()).contains(" Server 'todev' stopped");
    }

    @Test
    @Tag("HB-094")
    void shouldDeleteAServerOnlyByItsNameAndForAReason() {
        todev().answer("getWaiting", 7L);
        node.node.on("deleteServer", arguments -> {
            node.servers.remove(arguments[0]);
            return OperationReceipt.done(MessageCode.SERVER_STOPPED, arguments[0]);
        });
        Driver driver = new Driver(node).keys("85");
        assertThat(driver.screen()).contains("7 transactions that its slave has");
        driver.keys("other<ENTER>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("give the name 'todev'"));
        driver.keys("todev<ENTER><ENTER>");
        assertThat(driver.screen()).contains("> Reason");
        assertThat(node.servers).isNotEmpty();

        driver.keys("old<ENTER>");

        assertThat(node.node.asked).contains("deleteServer[todev, todev, old]");
        assertThat(driver.title()).isEqualTo("Setup Server");
        assertThat(driver.messages()).contains(" There is no server 'todev' any more.");
    }

    @Test
    @Tag("HB-148")
    void shouldDeleteARecordThatNobodyCanReadByItsNameAndForAReason() {
        todev().answer("getServerType", "Unusable").answer("getStatus", "Stopped");
        node.node.on("deleteRecord", arguments -> {
            node.servers.remove(arguments[0]);
            return OperationReceipt.done(MessageCode.RECORD_DELETED, arguments[0]);
        });

        Driver driver = new Driver(node).keys("843todev<ENTER>corrupt<ENTER>");

        assertThat(node.node.asked).contains("deleteRecord[todev, todev, corrupt]");
        assertThat(driver.title()).isEqualTo("Setup Server");
        assertThat(driver.messages()).contains(" There is no server 'todev' any more.");
    }

    @Test
    void shouldFindEntriesOfTheQueueHoweverMuchOfItHasToBeLookedAt() {
        todev();
        node.queue.on("find", a -> {
            long after = (long) a[4];
            List<QueueEntry> found = after == 20_000
                    ? List.of(new QueueEntry(25_000, "2026-11-21T10:15:30Z", 1, 90, "Del itm 'x' in 'shop,orders'"))
                    : List.of();
            return new QueuePage(found, after + 10_000, after < 30_000);
        });

        Driver driver = new Driver(node).keys("98shop,orders<ENTER>x<ENTER>drop<ENTER>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("'drop' is not valid for Operation; give write,"));
        driver.keys("<CLEAR>delete<ENTER>10000<ENTER>39000<ENTER>");

        assertThat(node.queue.asked)
                .filteredOn(asked -> asked.startsWith("find"))
                .containsExactly(
                        "find[todev, shop,orders, x, delete, 10000, 39000, 50]",
                        "find[todev, shop,orders, x, delete, 20000, 39000, 50]",
                        "find[todev, shop,orders, x, delete, 30000, 39000, 49]");
        assertThat(driver.title()).isEqualTo("Find entries");
        assertThat(driver.screen()).contains("1  LSN 25000  2026-11-21 10:15:30Z  1 update  90 bytes  Del itm 'x'");
        assertThat(driver.keys("<ESCAPE>").screen())
                .as("to look for something else")
                .contains("Account or file : shop,orders");
    }

    /** An item of two parts of what the node gives at once, in an entry with more than one page of updates. */
    @Test
    void shouldShowTheBytesOfAnEntryAsFarAsSomebodyTurns() {
        todev();
        byte[] large = new byte[20_000];
        Arrays.fill(large, (byte) 'x');
        large[19_999] = (byte) 0xFE;
        node.queue
                .answer("list", List.of(new QueueEntry(7, "2026-11-21T10:15:30Z", 2, 20_010, "Upd itm 'big'")))
                .on("contents", a -> {
                    int after = (int) a[2];
                    int from = (int) (long) a[3];
                    List<UpdateContent> page = new ArrayList<>();
                    if (after < 1) {
                        byte[] part = Arrays.copyOfRange(large, from, large.length);
                        page.add(new UpdateContent(1, "write", "shop,orders", "big", new byte[0], 20_000, from, part));
                    }
                    if (after < 2) {
                        page.add(new UpdateContent(
                                2, "clear", "shop,old", "", new byte[0], UpdateContent.NO_CONTENT, 0, new byte[0]));
                    }
                    return page;
                });
        Driver driver = new Driver(ServerKind.hotBackup(false), node, 80, 60).keys("9712");
        assertThat(driver.messages()).contains(" Update 1  write  shop,orders  item 'big'  20000 bytes");
        assertThat(driver.screen()).doesNotContain("Update 2");

        driver.keys("<END><DOWN>");

        assertThat(driver.messages().get(1))
                .startsWith("    16384  78 78 78 78 ")
                .endsWith(" xxxxxxxxxxxxxxxx");
        assertThat(driver.keys("<END>").screen())
                .contains("    19984  78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 FE  xxxxxxxxxxxxxxx^")
                .contains(" Update 2  clear  shop,old");
        assertThat(driver.keys("<DOWN>").screen()).contains("There is nothing after this.");
        assertThat(driver.keys("q").title()).isEqualTo("Entry 7");
        assertThat(node.queue.asked).contains("contents[todev, 7, 0, 0, 100]", "contents[todev, 7, 0, 16384, 100]");
    }

    @Test
    @Tag("HB-099")
    void shouldListTheOpenedFilesOfASlavePageByPage() {
        List<String> files = IntStream.rangeClosed(1, 600)
                .mapToObj(i -> String.format("shop,file%03d", i))
                .toList();
        node.slave("fromprod").on("openedFiles", a -> files.stream()
                .filter(file -> file.compareTo((String) a[0]) > 0)
                .limit((int) a[1])
                .toList());

        Driver driver = new Driver(node).keys("063");
        assertThat(driver.messages()).contains(" shop,file001");
        assertThat(driver.keys("<END>").screen()).contains("shop,file500").doesNotContain("shop,file501");
        assertThat(driver.keys("<DOWN>").screen()).contains("shop,file501");
        assertThat(driver.keys("<END> ").screen()).contains("shop,file600", "There is nothing after this.");
        assertThat(driver.keys("<ESCAPE>").title()).isEqualTo("Slave server");
    }

    @Test
    void shouldSetASideNothingOfAMaster() {
        todev();
        assertThat(new Driver(node).keys("062").messages())
                .contains(" ERROR: This command applies only to Slave servers");
    }

    @Test
    void shouldDeleteAUserByHisNameAndShowTheOthers() {
        todev();
        List<NodeUser> users = new ArrayList<>(
                List.of(new NodeUser("ann", "admin", "", true), new NodeUser("bob", "viewer", "", true)));
        node.security.on("users", a -> List.copyOf(users)).on("deleteUser", a -> {
            users.removeIf(user -> user.name().equals(a[0]));
            return OperationReceipt.done(MessageCode.USER_DELETED, a[0], a[2]);
        });
        Driver driver = new Driver(node).keys("07712");
        assertThat(driver.title()).isEqualTo("User bob");
        driver.keys("3ann<ENTER>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("give the name 'bob'"));

        driver.keys("bob<ENTER>left us<ENTER>");

        assertThat(node.security.asked).contains("deleteUser[bob, bob, left us]");
        assertThat(driver.title()).isEqualTo("List of users");
        assertThat(driver.screen()).contains("1  ann  admin").doesNotContain("2  bob");
        assertThat(driver.messages()).anyMatch(line -> line.contains("User 'bob' is deleted"));
    }

    @Test
    @Tag("HB-096")
    void shouldClearThePermanentLogOnlyAfterAConfirmation() {
        todev();
        node.log.on("clear", arguments -> OperationReceipt.done(MessageCode.LOG_CLEARED, 3, arguments[0]));
        node.log.answer("getEntries", 20L).on("count", arguments -> arguments[0].equals("week") ? 7L : 3L);
        Driver driver = new Driver(node).keys("872log<ENTER>");
        assertThat(node.log.asked).noneMatch(asked -> asked.startsWith("clear"));
        assertThat(driver.screen()).contains("now these are 7 of 20");
        driver.keys("tidy<ENTER>");
        assertThat(node.log.asked).contains("clear[week, log, tidy]");
        assertThat(driver.title()).isEqualTo("Clear permanent log");
    }

    @Test
    @Tag("HB-123")
    @Tag("HB-125")
    void shouldAskForTheNodesNameBeforeUpdatesAreLost() {
        todev();
        node.queue
                .answer("getDepth", 3L)
                .answer("getBytes", 400L)
                .answer("stopEnqueuing", OperationReceipt.done(MessageCode.ENQUEUING_STOPPED))
                .answer("clear", OperationReceipt.done(MessageCode.QUEUE_CLEARED));
        new Driver(node).keys("94todev<ENTER>prod<ENTER>switched<ENTER>");
        assertThat(node.queue.asked).contains("stopEnqueuing[prod, switched]");
        Driver driver = new Driver(node).keys("96");
        assertThat(driver.screen()).contains("3 entries with 400");
        driver.keys("prod<ENTER>because<ENTER>");
        assertThat(node.queue.asked).contains("clear[prod, because]");
    }

    @Test
    @Tag("HB-074")
    void shouldShowTheSetupUntilItWasRead() {
        todev();
        Driver driver = new Driver(node).keys("5");
        assertThat(driver.screen()).contains("Server name        todev", "Type y to return to the main menu");
        assertThat(driver.keys("1").title()).isEqualTo("Show Server");
        assertThat(driver.keys("y").title()).isEqualTo("Main Menu");
    }

    @Test
    @Tag("HB-006")
    void shouldStartWithTracesIfItIsVerbose() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        todev.answer("start", OperationReceipt.done(MessageCode.SERVER_STARTED, "todev"));
        todev.answer("startWithTraces", OperationReceipt.done(MessageCode.SERVER_STARTED, "todev"));
        new Driver(ServerKind.hotBackup(true), node, 80, 24).keys("3");
        assertThat(todev.asked).contains("startWithTraces[]").doesNotContain("start[]");
        new Driver(node).keys("3");
        assertThat(todev.asked).contains("start[]");
    }

    @Test
    @Tag("HB-070")
    void shouldAskOnceASecondHowThatStandsWhatIsLookedAt() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        Driver driver = new Driver(node).keys("1");
        todev.answer("status", "2026-11-21T10:15:32Z  Something new").answer("getStatus", "Waiting for ACK");
        assertThat(driver.screen()).doesNotContain("Something new");

        driver.pass(1);

        assertThat(driver.messages()).contains(" 2026-11-21 10:15:32Z  Something new");
        assertThat(driver.messages().get(0)).contains("Master, Waiting for ACK");
        assertThat(driver.lines().get(1)).contains("Waiting for ACK");
        driver.keys("82");
        todev.answer("status", "not looked at any more");
        assertThat(driver.pass(1).screen()).doesNotContain("not looked at any more");
    }

    @Test
    @Tag("HB-071")
    void shouldGoOnLookingWhileTheServerRefuses() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        todev.on("query", arguments -> {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, "todev");
        });
        Driver driver = new Driver(node).keys("2");
        assertThat(driver.messages())
                .contains(" Server 'todev' is not running; start it first.")
                .anyMatch(line -> line.startsWith("-- Query of server 'todev' "));
        todev.answer("query", "Status Idle");
        assertThat(driver.pass(1).messages()).contains(" Status Idle");
    }

    @Test
    void shouldNotHoldTheKeysUpWhileTheNodeDoesNotAnswer() {
        todev();
        Driver driver = new Driver(node);
        driver.slow = true;
        driver.keys("2<DOWN>").pass(1).pass(4);
        assertThat(driver.screen()).contains("Query of server 'todev' ... waiting, 5 s", ">  3  Start Server");
        assertThat(driver.lines().get(1)).contains("no answer for 4 s");

        driver.keys("<ESCAPE>");
        assertThat(driver.messages()).anyMatch(line -> line.contains("has not answered yet and is not waited for"));
        assertThat(driver.title()).isEqualTo("Main Menu");
        driver.settle();
        assertThat(driver.screen()).as("the late answer").doesNotContain("Status Idle");
        driver.keys("1x");
        assertThat(driver.session.isOver()).isTrue();
    }

    @Test
    void shouldKeepWhatIsTypedAheadUntilSomethingGoesWrong() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        Driver driver = new Driver(node);
        driver.slow = true;
        driver.keys("4y<ENTER>8");
        assertThat(driver.settle().title()).isEqualTo("Special Operations");
        assertThat(todev.asked).contains("stop[todev]");

        driver.keys("0<ESCAPE>").settle();
        driver.keys("05").settle();
        assertThat(driver.title()).as("refused, so nothing is deleted").isEqualTo("Special Operations");
    }

    @Test
    void shouldGoBackToTheNodesIfTheConnectionIsLost() {
        FakeNode.Bean<ServerMXBean> todev = todev();
        Driver driver = new Driver(node).keys("841from");
        node.node.on("getServerNames", arguments -> {
            throw new UncheckedIOException(new IOException("Connection refused"));
        });

        driver.pass(1);

        assertThat(driver.title()).isEqualTo("Select Node");
        assertThat(driver.messages()).contains(" The connection to the node was lost: Connection refused.");
        assertThat(node.closed).isEqualTo(1);
        driver.keys("1");
        assertThat(driver.messages()).anyMatch(line -> line.contains("Connection refused"));
        node.node.answer("getServerNames", List.of("todev"));
        assertThat(driver.keys("1").title()).isEqualTo("Main Menu");
        assertThat(todev.asked).isNotEmpty();
    }

    @Test
    void shouldLeaveTheNodeThatDoesNotLetItsUserInAnyMore() {
        todev();
        node.security.answer("changeMyPassword", OperationReceipt.done(MessageCode.PASSWORD_CHANGED, "bob"));
        Driver driver = new Driver(node).keys("0773one<ENTER>another one 12<ENTER>another one 12<ENTER>");
        assertThat(driver.title()).isEqualTo("Select Node");
        assertThat(driver.messages()).anyMatch(line -> line.contains("log in again"));
        assertThat(node.passwords).as("the next connection is made with it").containsExactly("another one 12");

        driver.keys("1");
        assertThat(driver.title()).isEqualTo("Main Menu");
        node.node.on("getServerNames", arguments -> {
            throw new SecurityException(MessageCode.NOT_ALLOWED.text("bob", "viewer"));
        });
        assertThat(driver.pass(1).title()).isEqualTo("Select Node");
        assertThat(driver.messages()).contains(" User 'bob' is not allowed to do this; it takes the role viewer.");
    }

    @Test
    void shouldEndWithASentenceIfThereIsNothingToChoose() {
        Nodes none = new Nodes() {
            @Override
            public List<String> running() {
                throw new Refusal(MessageCode.NO_NODE_AT_ALL);
            }

            @Override
            public Link connect(String name) {
                throw new AssertionError(name);
            }
        };
        List<Runnable> elsewhere = new ArrayList<>();
        Session session = new Session(ServerKind.hotBackup(false), none, elsewhere::add, () -> 0);
        session.begin(java.util.Optional.empty());
        assertThat(session.frame().text()).contains("hot-backup");
        elsewhere.get(0).run();
        session.tick();
        assertThat(session.isOver()).isTrue();
        assertThat(session.farewell()).get().isInstanceOf(Refusal.class);
    }

    @Test
    void shouldFitAnySize() {
        todev().answer("status", "a long line ".repeat(100));
        Driver driver = new Driver(node).keys("841");
        for (int columns = 1; columns < 140; columns += 3) {
            for (int rows = 1; rows < 60; rows += 4) {
                driver.session.resize(columns, rows);
                Frame frame = driver.session.frame();
                assertThat(frame.lines()).hasSizeLessThanOrEqualTo(rows);
                int most = columns;
                assertThat(frame.lines()).allMatch(line -> line.columnLength() <= most);
            }
        }
        driver.session.resize(79, 24);
        assertThat(driver.screen()).contains("The terminal has 79 columns and 24 lines; enlarge it to 80 by 24");
        driver.keys("1");
        driver.session.resize(80, 24);
        assertThat(driver.screen()).contains("> Server name      :");
        driver.session.resize(20, 5);
        assertThat(driver.keys("<ESCAPE>").session.isOver()).isTrue();
    }

    @Test
    void shouldTurnThePagesOfALongText() {
        todev().answer(
                        "status",
                        String.join(
                                "\n",
                                IntStream.rangeClosed(1, 30)
                                        .mapToObj(i -> "message " + i)
                                        .toList()));
        Driver driver = new Driver(node).keys("1");
        assertThat(driver.messages().get(0)).endsWith(" 1-9 of 30 --");
        assertThat(driver.keys("<DOWN>").messages()).contains(" message 10", " message 18");
        assertThat(driver.keys("<UP>").messages()).contains(" message 1");
        assertThat(driver.keys("<PAGE_DOWN><PAGE_DOWN><PAGE_DOWN><PAGE_DOWN>").messages())
                .contains(" message 30");
        assertThat(driver.keys("<ESCAPE>").title()).isEqualTo("Main Menu");
        assertThat(driver.keys("<DOWN>").screen()).contains(">  2  Query Server");
        assertThat(driver.keys("18").title()).as("a digit is for the menu").isEqualTo("Special Operations");
        assertThat(driver.keys("<ESCAPE>").title())
                .as("and so are the keys then, whatever is still shown")
                .isEqualTo("Main Menu");
    }

    @Test
    @Tag("HB-095")
    void shouldReadThePermanentLogFromItsEndByDateTimeAndText() {
        todev();
        List<LogMessage> all = IntStream.rangeClosed(1, 300)
                .mapToObj(i -> new LogMessage(
                        String.format("%03d", i),
                        String.format("2026-11-21T%02d:%02d:00Z", i / 60, i % 60),
                        "todev",
                        "HB2016",
                        i == 42 ? "a needle" : "message " + i + "."))
                .toList();
        node.log.on(
                "back",
                a -> page(
                        all,
                        all.stream()
                                .filter(m -> a[0].equals("") || m.id().compareTo((String) a[0]) < 0)
                                .toList(),
                        (int) a[1],
                        true));
        node.log.on(
                "next",
                a -> page(
                        all,
                        all.stream()
                                .filter(m -> m.id().compareTo((String) a[0]) > 0)
                                .toList(),
                        (int) a[1],
                        false));
        node.log.on("placeOf", a -> "120");
        node.log.on("from", a -> {
            if (!((String) a[0]).startsWith("2026-11-21") && !a[0].equals("02:00")) {
                throw new Refusal(MessageCode.NO_LOG_ID, a[0]);
            }
            return page(all, all.subList(119, 300), (int) a[1], false);
        });
        AtomicInteger looked = new AtomicInteger();
        node.log.on("search", a -> {
            // a part of a long log at a time
            List<LogMessage> rest = all.stream()
                    .filter(m -> m.id().compareTo((String) a[1]) > 0)
                    .limit(20)
                    .toList();
            looked.incrementAndGet();
            List<LogMessage> found = rest.stream()
                    .filter(m -> m.text().contains((String) a[0]))
                    .limit(1)
                    .toList();
            return new LogPage(
                    found,
                    rest.isEmpty() ? (String) a[1] : rest.get(rest.size() - 1).id(),
                    !rest.isEmpty() && !rest.get(rest.size() - 1).id().equals("300"));
        });

        Driver driver = new Driver(node).keys("86");
        assertThat(driver.screen()).contains("message 300.");
        for (int i = 0; i < 12; i++) {
            driver.keys("<UP>");
        }
        assertThat(driver.screen())
                .contains("message 83.", "message 100.")
                .doesNotContain("message 82.", "message 101.");
        assertThat(driver.keys("<DOWN>").screen())
                .contains("message 101.", "message 118.")
                .doesNotContain("message 100.");
        for (int i = 0; i < 8; i++) {
            driver.keys("<UP>");
        }
        assertThat(driver.screen()).contains("message 1.", "The log begins here.");

        assertThat(driver.keys(":needle<ENTER>").lines().get(5)).contains("a needle");
        assertThat(looked).hasValueGreaterThan(1);
        assertThat(driver.keys("n").screen())
                .contains("There is no 'needle' from here to the end of the log.", "a needle");
        assertThat(driver.keys(":02:00<ENTER>").lines().get(5)).contains("message 120.");
        assertThat(driver.keys("<UP>").screen()).contains("message 119.", "message 102.");
        assertThat(driver.keys(":02:00 message 2<ENTER>").lines().get(5))
                .as("searched from there")
                .contains("message 200.");
        assertThat(driver.keys(":2026-11-21T02<ENTER>").lines().get(5)).contains("message 120.");
        assertThat(driver.keys(":25:99<ENTER>").lines().get(23)).contains("'25:99'");
        assertThat(driver.keys(":message 300<ENTER><DOWN>").screen())
                .contains("message 300.", "There is nothing after this in the log.");
        assertThat(driver.keys(":abc<ESCAPE>").screen()).contains("message 300.");
        assertThat(driver.keys("q").title()).isEqualTo("Special Operations");
        assertThat(driver.screen()).contains(">  6  List permanent log");
    }

    private static LogPage page(List<LogMessage> all, List<LogMessage> fitting, int limit, boolean last) {
        int size = Math.min(limit, fitting.size());
        List<LogMessage> page =
                last ? fitting.subList(fitting.size() - size, fitting.size()) : fitting.subList(0, size);
        return new LogPage(page, page.isEmpty() ? "" : page.get(0).id(), size < fitting.size() && !all.isEmpty());
    }

    @Test
    @Tag("HB-160")
    void shouldWorkOnLostAndFoundRecordByRecord() {
        todev();
        List<org.hotbackup.control.LostRecord> records = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            records.add(new org.hotbackup.control.LostRecord(
                    String.format("id-%02d", i), 6, "Cannot perform", "fromprod", i, "write", "why " + i, 10, i, ""));
        }
        node.lostAndFound
                .on("list", a -> records.stream()
                        .filter(record -> record.id().compareTo((String) a[0]) > 0)
                        .limit((int) a[1])
                        .toList())
                .answer("show", "what it does")
                .on("discard", a -> {
                    records.removeIf(record -> record.id().equals(a[0]));
                    return OperationReceipt.done(MessageCode.SERVER_STOPPED, a[0]);
                });
        Driver driver = new Driver(node).keys("01<END>");
        assertThat(driver.screen()).contains("> 50  id-50");
        assertThat(driver.keys("<DOWN><DOWN>").screen()).contains("> 52  id-52", "of 60");
        assertThat(driver.keys("<ENTER>").title()).isEqualTo("Record id-52");
        assertThat(driver.messages()).contains(" Cannot perform", " why 52");
        assertThat(driver.keys("1").messages()).contains(" what it does");
        driver.keys("4id-52<ENTER>of no use<ENTER>");
        assertThat(node.lostAndFound.asked).contains("discard[id-52, id-52, of no use]");
        assertThat(driver.title()).startsWith("Lost+found");
        assertThat(driver.screen()).doesNotContain("  id-52  ");
    }
}
