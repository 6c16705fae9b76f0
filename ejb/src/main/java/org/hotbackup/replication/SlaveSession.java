package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.verify.CheckReport;

/**
 * The slave server: listens, tells its master where it stands, applies what arrives and acknowledges after the durable
 * commit. It belongs to one master (I7); a new call of that master takes the place of an older conversation.
 *
 * <p>A step applies at most one database transaction, so heartbeats are answered and figures are fresh in between.
 */
public final class SlaveSession implements Session {

    private static final Logger LOG = Logger.getLogger(SlaveSession.class.getName());

    /** Listens on the server's port. */
    @FunctionalInterface
    public interface Listener {
        /** Listens; frames of several callers may arrive. */
        Link listen() throws LinkDownException;
    }

    private static final long NONE = 0;

    /**
     * A transaction that is tried again and again because it cannot be applied now (HB-181).
     *
     * @param transaction as it arrived
     * @param what stands in the way
     * @param reason one clause for people
     */
    public record Head(ReceivedTransaction transaction, ApplyBlockedException.Cause what, String reason) {}

    private final SlaveSettings settings;
    private final Listener listener;
    private final Applier applier;
    private final Consumer<String> belongsTo;
    private final Notices linkNotices;
    private final Notices callNotices;
    private final Strangers strangers;
    private final Notices applyNotices;
    private final ServerMessages messages;
    private final Backoff blocked =
            new Backoff(SlaveSettings.FIRST_APPLY_AGAIN_MILLIS, SlaveSettings.APPLY_AGAIN_MILLIS);
    private final CatchUp catchUp;
    private final Arrivals arrivals = new Arrivals();
    private final Deque<Long> earlierConversations = new ArrayDeque<>();

    private final SlavePromotion promotion = new SlavePromotion();
    private Epochs epochs = Epochs.inMemory();
    private boolean listens = true;
    private Runnable promotionOver = () -> {};
    private Consumer<List<String>> upstreamKnown = nodeIds -> {};
    /** The node that it belongs to, or that it talks to and will belong to. */
    private String masterNodeId;
    /** Whether that it belongs to its master is kept. */
    private boolean belongs;

    /** Its server that this one belongs to or talks to, empty if that is not known. */
    private String masterServer = "";

    /** What is kept of {@link #masterServer}. */
    private String masterServerKept = "";

    private Consumer<String> masterServerKnown = server -> {};
    private volatile Link link;
    private long listenAt = Long.MIN_VALUE;
    private long conversation = NONE;
    private long conversationSince;
    private boolean spoken;
    private long lastHeardAt;
    private long applyAt = Long.MIN_VALUE;
    private String history = "";
    private Optional<Position> position = Optional.empty();
    /** A call of the applier failed: whether it changed anything is not known. */
    private boolean positionUncertain;

    /** Whether updates are applied as they arrive, or delayed (HB-016); changed from any thread. */
    private volatile boolean applyUpdates = true;
    /** The transaction that cannot be applied now, null if none. */
    private volatile Head head;
    /** The most transactions in the next database transaction. */
    private int most = SlaveSettings.APPLY_TRANSACTIONS;
    /** The last transaction that could not be applied, alone or with others. */
    private long blockedUpTo = NONE;
    /** Number of the blocked transaction that an operator wants in lost+found. */
    private volatile long toSetAside = NONE;

    private long conversationsBegun;
    private long received;
    private long acknowledged;
    private long applied;
    private long lostAndFound;
    private long bytes;
    private long batches;
    private Traces traces = Traces.toNowhere();
    private volatile ServerFigures figures = ServerFigures.STOPPED;

    /**
     * A session that does not listen yet.
     *
     * @param belongsTo told the master's node id before anything of the first master is applied; keeps it for good before
     *     it returns
     */
    public SlaveSession(
            SlaveSettings settings,
            Listener listener,
            Applier applier,
            Consumer<String> belongsTo,
            ServerMessages messages) {
        this.settings = settings;
        this.listener = listener;
        this.applier = applier;
        this.belongsTo = belongsTo;
        this.linkNotices = new Notices(messages);
        this.callNotices = new Notices(messages);
        this.strangers = new Strangers(messages);
        this.applyNotices = new Notices(messages);
        this.messages = messages;
        this.catchUp = new CatchUp(applier, messages);
        this.masterNodeId = settings.masterNodeId();
        this.belongs = !masterNodeId.isEmpty();
    }

    /**
     * Begins to listen.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    public void listen() throws LinkDownException {
        position = applier.position();
        positionUncertain = false;
        arrivals.beginAfter(position);
        link = listener.listen();
        publish(ServerStatus.WAIT_INCOMING_CALL);
    }

    /** What this node's epoch is; before it listens. */
    public void epochs(Epochs ofNode) {
        epochs = ofNode;
    }

    /**
     * Which of its master's servers it belongs to; before it listens.
     *
     * @param known its name, empty if it is not known yet
     * @param listener told the name once it is known, before anything of that server is applied; keeps it for good before
     *     it returns
     */
    public void masterServer(String known, Consumer<String> listener) {
        masterServer = known;
        masterServerKept = known;
        masterServerKnown = listener;
    }

    /** It applies what is there and listens to nobody; before the first step. */
    public void withoutListening() {
        listens = false;
    }

    /** Tells somebody, on the session's thread, that a promotion is done or given up; before it is asked for. */
    public void onPromotionOver(Runnable listener) {
        promotionOver = listener;
    }

    /** It was promoted before: it only tells its old master so. Before it listens. */
    public void promoted(Promotion before) {
        promotion.done(before);
    }

    /**
     * Promotes it: takes nothing from its master any more, applies what it has, and then is promoted, or says why not and
     * goes on. From any thread; the session must be woken.
     */
    public void promote(Promoter promoter) {
        promotion.ask(promoter);
    }

    /** That it was promoted, empty if it was not. From any thread. */
    public Optional<Promotion> promotion() {
        return promotion.promotion();
    }

    /** What a promotion is doing at the moment, empty if none is under way. From any thread. */
    public String promoting() {
        return promotion.progress();
    }

    /** Why the last promotion was given up, a sentence; empty if none was. From any thread. */
    public String promotionTrouble() {
        return promotion.trouble();
    }

    @Override
    public void traceTo(Traces newTraces) {
        traces = newTraces;
    }

    @Override
    public long step(long now) {
        boolean again = false;
        try {
            if (link == null && listens && !promotion.isUnderWay()) {
                if (now < listenAt) {
                    return listenAt;
                }
                listen();
            }
            if (promotion.isUnderWay()) {
                hearNothing();
            }
            again = link != null && receive(now);
            again |= apply(now);
            again |= applyDelayed(now);
            again |= promotion.isUnderWay() && promote(now);
        } catch (LinkDownException e) {
            linkNotices.trouble(MessageCode.LINK_DOWN, settings.server(), e.getMessage());
            listenAgain(now);
        } catch (OutOfMemoryError e) {
            linkNotices.trouble(MessageCode.MALLOC_ERROR, e.getMessage());
            listenAgain(now);
        } catch (StoreUnavailableException | Refusal e) {
            linkNotices.trouble(MessageCode.SLAVE_CANNOT_ANSWER, settings.server(), e.getMessage());
            listenAgain(now);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Slave server " + settings.server() + " failed; it begins again", e);
            linkNotices.trouble(MessageCode.INTERNAL_ERROR, e.toString());
            listenAgain(now);
        }
        publish(status(now));
        return again ? now : nextStepAt(now);
    }

    /**
     * Takes what has arrived, up to what one database transaction may hold.
     *
     * @return whether more may be there
     */
    private boolean receive(long now) throws LinkDownException {
        Optional<byte[]> frame = link.poll();
        while (frame.isPresent()) {
            bytes += frame.get().length;
            receive(now, frame.get());
            if (arrivals.fillABatch() && now >= applyAt) {
                return true;
            }
            frame = link.poll();
        }
        return false;
    }

    private void receive(long now, byte[] frame) throws LinkDownException {
        try {
            FrameCodec.Received received = FrameCodec.decode(frame);
            if (received.frame() instanceof Hello hello) {
                greet(now, received.conversation(), hello);
            } else if (conversation != NONE && received.conversation() == conversation) {
                if (!isOfMaster()) {
                    // without an answer, which its master would take for its own
                    strangers.refused(MessageCode.FRAME_OF_ANOTHER_NODE, masterNodeId, nodeOfSender());
                    return;
                }
                lastHeardAt = now;
                spoken = true;
                receive(received.frame());
            } else if (received.frame() instanceof Heartbeat) {
                // a master that still believes in a conversation that is over; whatever else comes of it is ignored
                MessageCode over = MessageCode.CONVERSATION_OVER;
                send(received.conversation(), new Refuse(over.id(), over.text()));
            }
        } catch (BadFrameException e) {
            badFrame(e);
        } catch (SessionFailure e) {
            callNotices.trouble(e.code(), e.values());
            if (e.isOurs()) {
                send(conversation, new Refuse(e.code().id(), e.getMessage()));
            }
            end();
        }
    }

    /** Whether the frame that was polled last is of the node that this server belongs to. */
    private boolean isOfMaster() {
        return link.sender().map(masterNodeId::equals).orElse(true);
    }

    private String nodeOfSender() {
        return link.sender().filter(id -> !id.isEmpty()).map("node "::concat).orElse("no node");
    }

    private void receive(Frame frame) throws LinkDownException, SessionFailure {
        if (frame instanceof Batch batch) {
            belong();
            traces.trace("received", batch.firstTransaction(), batch.entries());
            received += arrivals.add(batch);
        } else if (frame instanceof Heartbeat heartbeat) {
            belong();
            if (heartbeat.lastTransaction() > arrivals.lastTransaction()) {
                throw SessionFailure.refusing(
                        MessageCode.REFUSED_GAP, heartbeat.lastTransaction(), arrivals.lastTransaction());
            }
            linkNotices.well();
            if (lastHeardAt - conversationSince >= SlaveSettings.SETTLED_MILLIS) {
                callNotices.well();
            }
            Position reached = position.orElse(new Position(history, 0, 0));
            send(conversation, new HeartbeatReply(reached.transaction(), reached.lsn(), totals()));
        } else if (frame instanceof Upstream passedOn) {
            upstream(passedOn.nodeIds());
        } else if (frame instanceof StatisticsRequest request) {
            send(conversation, new StatisticsReply(request.id(), statistics()));
        } else if (frame instanceof Refuse refuse) {
            throw SessionFailure.turnedAway(MessageCode.MASTER_REFUSED, refuse.text());
        } else {
            throw SessionFailure.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE, frame.getClass().getSimpleName() + " out of turn");
        }
    }

    /** Updates must not travel in a circle: what this node passes on must not come back to it (HB-015). */
    private void upstream(List<String> nodeIds) throws SessionFailure {
        if (nodeIds.contains(settings.nodeId())) {
            throw SessionFailure.refusing(
                    MessageCode.REFUSED_CIRCLE, masterServer, masterNodeId, settings.server(), settings.nodeId());
        }
        upstreamKnown.accept(nodeIds);
    }

    /** Only now: a master that passes on updates of this node names them first, and is refused without a trace. */
    private void belong() {
        if (!belongs) {
            belongsTo.accept(masterNodeId);
            belongs = true;
        }
        if (!masterServer.equals(masterServerKept)) {
            masterServerKnown.accept(masterServer);
            masterServerKept = masterServer;
        }
    }

    /** While the database is away the caller is told so and calls again; nothing is forgotten that he could go on with. */
    private void greet(long now, long caller, Hello hello) throws LinkDownException {
        try {
            hello(now, caller, hello);
        } catch (StoreUnavailableException | Refusal e) {
            MessageCode code = MessageCode.SLAVE_CANNOT_ANSWER;
            callNotices.trouble(code, settings.server(), e.getMessage());
            send(caller, new Refuse(code.id(), code.text(settings.server(), e.getMessage())));
        }
    }

    private void hello(long now, long newConversation, Hello hello) throws LinkDownException {
        if (newConversation == conversation || earlierConversations.contains(newConversation)) {
            strangers.refused(MessageCode.REFUSED_REPLAY, hello.server());
            return;
        }
        if (!link.sender().map(hello.nodeId()::equals).orElse(true)) {
            turnAway(newConversation, MessageCode.REFUSED_FALSE_NODE, hello.nodeId(), nodeOfSender());
            return;
        }
        if (promotion.isUnderWay()) {
            turnAway(newConversation, MessageCode.PROMOTION_UNDER_WAY, settings.server());
            return;
        }
        if (conversation == NONE || isSilent(now)) {
            masterNodeId = belongs ? masterNodeId : "";
            masterServer = masterServerKept;
        }
        Optional<Position> known = positionUncertain ? applier.position() : position;
        Optional<String> held = known.map(Position::history);
        boolean otherNode = !masterNodeId.isEmpty() && !masterNodeId.equals(hello.nodeId());
        boolean otherServer = !masterServer.isEmpty() && !masterServer.equals(hello.server());
        if (otherNode || otherServer) {
            turnAway(
                    newConversation,
                    MessageCode.REFUSED_ANOTHER_MASTER,
                    master(masterServer, masterNodeId),
                    master(hello.server(), hello.nodeId()));
            return;
        }
        if (held.isPresent() && !held.get().equals(hello.history())) {
            turnAway(newConversation, MessageCode.REFUSED_UNKNOWN_HISTORY, held.get(), hello.history());
            return;
        }
        if (promotion.promotion().isPresent()) {
            Promotion before = promotion.promotion().get();
            send(newConversation, new Promoted(settings.nodeId(), before.epoch(), before.position()));
            turnAway(
                    newConversation,
                    MessageCode.REFUSED_PROMOTED,
                    settings.nodeId(),
                    before.epoch(),
                    before.position().transaction());
            return;
        }
        if (hello.epoch() < epochs.current()) {
            turnAway(newConversation, MessageCode.REFUSED_EPOCH, hello.nodeId(), hello.epoch(), epochs.current());
            return;
        }
        epochs.takeOver(hello.epoch());
        masterNodeId = hello.nodeId();
        masterServer = hello.server();
        position = known;
        positionUncertain = false;
        end();
        conversation = newConversation;
        conversationsBegun++;
        conversationSince = now;
        upstreamKnown.accept(List.of());
        lastHeardAt = now;
        spoken = false;
        history = hello.history();
        applier.calledBy(hello.server());
        send(conversation, new PositionReport(settings.nodeId(), position));
        publish(ServerStatus.CONNECTED);
        callNotices.recovery(MessageCode.CONNECTED, hello.server());
    }

    private static String master(String server, String nodeId) {
        return server.isEmpty() ? nodeId : "'" + server + "' of node " + nodeId;
    }

    /** Refuses a caller without disturbing the conversation that is under way. */
    private void turnAway(long caller, MessageCode code, Object... values) throws LinkDownException {
        strangers.refused(code, values);
        send(caller, new Refuse(code.id(), code.text(values)));
    }

    private void badFrame(BadFrameException e) throws LinkDownException {
        if (conversation != NONE && e.conversation() == conversation && !isOfMaster()) {
            strangers.refused(MessageCode.FRAME_OF_ANOTHER_NODE, masterNodeId, nodeOfSender());
            return;
        }
        if (e.fault() == Fault.UNKNOWN_VERSION) {
            turnAway(e.conversation(), MessageCode.REFUSED_VERSION, e.getMessage(), FrameCodec.VERSION);
            if (e.conversation() == conversation) {
                // what follows on a frame that nobody could read must not be taken
                end();
            }
            return;
        }
        if (!isOfMaster()) {
            strangers.refused(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
            return;
        }
        callNotices.trouble(MessageCode.BAD_NETWORK_MESSAGE, e.getMessage());
        if (conversation != NONE) {
            MessageCode code = MessageCode.REFUSED_BAD_FRAME;
            send(conversation, new Refuse(code.id(), code.text(e.getMessage())));
            end();
        }
    }

    /**
     * Applies what arrived in one database transaction and acknowledges it.
     *
     * @return whether another one can follow at once
     */
    private boolean apply(long now) throws LinkDownException {
        if (arrivals.isEmpty() || now < applyAt) {
            return false;
        }
        if (positionUncertain && !knowsItsPosition(now)) {
            return false;
        }
        // while traces are on one at a time, so that the one at fault is the one that is named (HB-033); alone as well
        // what an operator wants in lost+found, or those behind it would be taken for done
        List<ReceivedTransaction> batch = arrivals.firstBatch(traces.isOn() || toSetAside != NONE ? 1 : most);
        if (batch.isEmpty()) {
            return false;
        }
        ReceivedTransaction last = batch.get(batch.size() - 1);
        Position reached = new Position(history, last.number(), last.entry().lsn());
        publish(ServerStatus.READING_NETWORK);
        batch.forEach(transaction -> traces.trace("applying", transaction));
        List<CheckReport> reports;
        try {
            Applier.Outcome outcome = perform(batch, reached);
            count(outcome);
            reports = outcome.reports();
            batch.forEach(transaction -> traces.trace(fate(outcome), transaction));
        } catch (ApplyBlockedException e) {
            block(now, batch, e.what(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Transaction " + batch.get(0).number() + " or one after it cannot be applied", e);
            block(now, batch, ApplyBlockedException.Cause.INTERNAL, e.toString());
            return false;
        }
        head = null;
        toSetAside = NONE;
        got(reached.transaction());
        most = Math.min(SlaveSettings.APPLY_TRANSACTIONS, most * 2);
        goesWell();
        for (CheckReport report : reports) {
            tell(new Checked(report));
        }
        reached(reached);
        return !arrivals.isEmpty();
    }

    private Applier.Outcome perform(List<ReceivedTransaction> batch, Position reached) throws ApplyBlockedException {
        Head inTheWay = head;
        boolean mayApply = applyUpdates && applier.pending() == 0;
        // behind delayed updates it is delayed as well: in lost+found it would be taken for older than they are
        if (mayApply
                && inTheWay != null
                && toSetAside == batch.get(0).number()
                && inTheWay.transaction().number() == toSetAside) {
            return applier.setAside(batch.get(0), inTheWay.what(), inTheWay.reason(), reached);
        }
        return mayApply ? applier.apply(batch, reached) : applier.delay(batch, reached);
    }

    /**
     * Applies some of what was delayed; what arrives meanwhile queues behind it.
     *
     * @return whether more can follow at once
     */
    private boolean applyDelayed(long now) {
        if (!mayApplyDelayed() || now < catchUp.notBefore() || applier.pending() == 0) {
            return false;
        }
        Optional<Applier.Outcome> outcome = catchUp.attempt(now);
        if (outcome.isEmpty()) {
            promotion.blocked(now);
            return false;
        }
        batches++;
        promotion.goesWell();
        count(outcome.get());
        if (applier.pending() == 0) {
            messages.say(MessageCode.PENDING_APPLIED);
            return false;
        }
        return true;
    }

    private boolean mayApplyDelayed() {
        return applyUpdates || promotion.isUnderWay();
    }

    private static String fate(Applier.Outcome outcome) {
        if (outcome.lostAndFound() > 0) {
            return "put into lost+found";
        }
        return outcome.delayed() > 0 ? "delayed" : "applied";
    }

    private void count(Applier.Outcome outcome) {
        applied += outcome.applied();
        lostAndFound += outcome.lostAndFound();
        outcome.lost().ifPresent(lost -> {
            messages.say(MessageCode.TRANSACTION_LOST_AND_FOUND, lost.transaction(), lost.reason());
            if (outcome.lostAndFound() > 1) {
                messages.say(MessageCode.MORE_LOST_AND_FOUND, outcome.lostAndFound() - 1, lost.transaction());
            }
        });
    }

    private void goesWell() {
        batches++;
        blocked.reset();
        promotion.goesWell();
        applyNotices.well();
    }

    /** Everything up to a transaction is done: perhaps what could not be applied, too. */
    private void got(long transaction) {
        if (blockedUpTo != NONE && transaction >= blockedUpTo) {
            applyNotices.recovery(MessageCode.APPLIES_AGAIN, blockedUpTo);
            applyNotices.well();
            blockedUpTo = NONE;
        }
    }

    private void block(long now, List<ReceivedTransaction> batch, ApplyBlockedException.Cause what, String reason) {
        traces.trace("not applied: " + reason, batch.get(0));
        blockedUpTo = Math.max(blockedUpTo, batch.get(batch.size() - 1).number());
        positionUncertain = true;
        promotion.blocked(now);
        applyNotices.trouble(MessageCode.TRANSACTION_BLOCKED, batch.get(0).number(), reason);
        if (batch.size() == 1) {
            head = new Head(batch.get(0), what, reason);
            applyAt = now + blocked.afterFailure();
        } else {
            // fewer at a time, until the one that is in the way is found
            most = batch.size() / 2;
            applyAt = now + SlaveSettings.FIRST_APPLY_AGAIN_MILLIS;
        }
    }

    /** Tells somebody, on the session's thread, which nodes' updates its master passes on; before the first step. */
    public void onUpstream(Consumer<List<String>> listener) {
        upstreamKnown = listener;
    }

    /** Applies updates as they arrive from now on, after those that are delayed; or delays them. From any thread. */
    public void applyUpdates(boolean apply) {
        applyUpdates = apply;
    }

    /** The transaction that cannot be applied now, empty if none is in the way. From any thread. */
    public Optional<Head> head() {
        Optional<Head> delayed = mayApplyDelayed() ? catchUp.head() : Optional.empty();
        return delayed.or(() -> Optional.ofNullable(head));
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt, unless it can be applied before or is delayed. From
     * any thread.
     *
     * @return false if another one, or none, is blocked
     */
    public boolean setAside(long transaction) {
        if (catchUp.setAside(transaction)) {
            return true;
        }
        Head inTheWay = head;
        if (inTheWay == null || inTheWay.transaction().number() != transaction) {
            return false;
        }
        toSetAside = transaction;
        return true;
    }

    /** What arrived is kept to be applied; whoever calls is told that the promotion is under way. */
    private void hearNothing() throws LinkDownException {
        if (conversation != NONE) {
            MessageCode code = MessageCode.PROMOTION_UNDER_WAY;
            send(conversation, new Refuse(code.id(), code.text(settings.server())));
            end();
        }
    }

    /**
     * Promotes once everything is applied.
     *
     * @return whether the session has something else to do now
     */
    private boolean promote(long now) {
        if (arrivals.isEmpty() && applier.pending() == 0) {
            // what was in the way is done: its commit only seemed to fail
            promotion.goesWell();
        }
        if (promotion.isStuck(now)) {
            giveUpPromotion(head().map(inTheWay -> "transaction "
                            + inTheWay.transaction().number() + " cannot be applied: " + inTheWay.reason())
                    .orElse("updates cannot be applied"));
            return true;
        }
        try {
            if (arrivals.isEmpty()) {
                position = applier.position();
                positionUncertain = false;
            }
            Optional<Promotion> promoted = promotion.attempt(arrivals.size(), applier.pending(), position);
            promoted.ifPresent(this::nowPromoted);
            return promoted.isPresent();
        } catch (StoreUnavailableException | Refusal e) {
            giveUpPromotion(e.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Slave server " + settings.server() + " cannot be promoted", e);
            giveUpPromotion(e.getMessage() == null ? e.toString() : e.getMessage());
            return true;
        }
    }

    private void nowPromoted(Promotion promoted) {
        messages.say(
                MessageCode.PROMOTED,
                settings.server(),
                promoted.epoch(),
                promoted.position().transaction(),
                promoted.position().lsn());
        promotionOver.run();
    }

    /** It goes on as a slave: what arrived and is not applied comes once more. */
    private void giveUpPromotion(String reason) {
        messages.say(MessageCode.PROMOTION_GIVEN_UP, settings.server(), reason);
        promotion.giveUp(MessageCode.PROMOTION_GIVEN_UP.text(settings.server(), reason));
        arrivals.beginAfter(position);
        promotionOver.run();
    }

    /** While the database is away the conversation stays and what arrived waits: that is no failure of the session. */
    private boolean knowsItsPosition(long now) throws LinkDownException {
        Optional<Position> committed;
        try {
            committed = applier.position();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "The position of slave server " + settings.server() + " could not be read", e);
            applyNotices.trouble(
                    MessageCode.TRANSACTION_BLOCKED,
                    arrivals.firstBatch(1).get(0).number(),
                    e.getMessage());
            applyAt = now + blocked.afterFailure();
            return false;
        }
        return recall(committed);
    }

    /**
     * Looks where the database stands after a failure: what it did nevertheless is not done again.
     *
     * @return whether the conversation goes on from there
     */
    private boolean recall(Optional<Position> committed) throws LinkDownException {
        Optional<Position> before = position;
        position = committed;
        positionUncertain = false;
        long advanced = arrivals.dropUpTo(position.map(Position::transaction).orElse(0L));
        if (!arrivals.follow(position)) {
            tell(new Refuse(MessageCode.CONVERSATION_OVER.id(), MessageCode.CONVERSATION_OVER.text()));
            end();
            arrivals.beginAfter(position);
            return false;
        }
        if (!position.equals(before) && position.isPresent()) {
            got(position.get().transaction());
            applied += advanced;
            acknowledged += advanced;
            tell(new Acknowledge(position.get().transaction(), position.get().lsn(), totals()));
        }
        return true;
    }

    private void reached(Position reached) throws LinkDownException {
        position = Optional.of(reached);
        acknowledged += arrivals.dropUpTo(reached.transaction());
        tell(new Acknowledge(reached.transaction(), reached.lsn(), totals()));
    }

    /** Ends the conversation, if there is one: its master calls again and goes on from the committed position. */
    private void end() {
        if (conversation != NONE) {
            earlierConversations.addLast(conversation);
            if (earlierConversations.size() > SlaveSettings.CONVERSATIONS_REMEMBERED) {
                earlierConversations.removeFirst();
            }
        }
        conversation = NONE;
        if (!promotion.isUnderWay()) {
            arrivals.beginAfter(position);
        }
    }

    private void listenAgain(long now) {
        listenAt = now + SlaveSettings.LISTEN_AGAIN_MILLIS;
        closeLink();
    }

    /** Tells the master of this conversation, if there is one. */
    private void tell(Frame frame) throws LinkDownException {
        if (conversation != NONE) {
            send(conversation, frame);
        }
    }

    private void send(long to, Frame frame) throws LinkDownException {
        ServerFigures before = figures;
        figures = before.doing(ServerStatus.WRITING_TO_NETWORK);
        link.send(FrameCodec.encode(to, frame));
        figures = before;
    }

    private Totals totals() {
        return new Totals(applied, lostAndFound);
    }

    private String statistics() {
        return String.join(
                System.lineSeparator(),
                "Transactions received   " + received,
                "Transactions applied    " + applied,
                "Pending updates         " + applier.pending(),
                "In lost+found           " + lostAndFound,
                "Database transactions   " + batches,
                "Bytes received          " + bytes,
                "Conversations           " + conversationsBegun,
                "Last transaction        " + position.map(Position::transaction).orElse(0L));
    }

    private boolean isSilent(long now) {
        return now - lastHeardAt > SlaveSettings.SILENCE_MILLIS;
    }

    private ServerStatus status(long now) {
        if (link == null) {
            return ServerStatus.STOPPED;
        }
        if (conversation == NONE || isSilent(now)) {
            return ServerStatus.WAIT_INCOMING_CALL;
        }
        return spoken ? ServerStatus.READING_NETWORK : ServerStatus.CONNECTED;
    }

    private long nextStepAt(long now) {
        if (promotion.isUnderWay()) {
            return now + SlaveSettings.PROMOTION_STEP_MILLIS;
        }
        if (link == null) {
            return listens ? listenAt : Long.MAX_VALUE;
        }
        long next = conversation == NONE || isSilent(now)
                ? now + SlaveSettings.SILENCE_MILLIS
                : lastHeardAt + SlaveSettings.SILENCE_MILLIS + 1;
        if (!arrivals.isEmpty()) {
            next = Math.min(next, Math.max(now, applyAt));
        }
        return applyUpdates && applier.pending() > 0 ? Math.min(next, Math.max(now, catchUp.notBefore())) : next;
    }

    private void publish(ServerStatus status) {
        figures = new ServerFigures(
                status,
                conversation == NONE || link == null ? "" : link.peer(),
                arrivals.lastTransaction(),
                position.map(Position::transaction).orElse(0L),
                received,
                acknowledged,
                applied,
                lostAndFound,
                bytes,
                Math.max(0, conversationsBegun - 1),
                0,
                -1,
                batches,
                statistics(),
                applier.pending());
    }

    /** A caller that hangs up wakes nobody here: whether its master is still there is asked at the moment. */
    @Override
    public ServerFigures figures() {
        ServerFigures latest = figures;
        Link current = link;
        boolean withMaster =
                latest.status() == ServerStatus.CONNECTED || latest.status() == ServerStatus.READING_NETWORK;
        boolean left = withMaster && current != null && current.peer().isEmpty();
        return left ? latest.doing(ServerStatus.WAIT_INCOMING_CALL, "") : latest;
    }

    @Override
    public void close() {
        closeLink();
        figures = ServerFigures.STOPPED;
    }

    /** Closing may take a moment: it is said before that nobody can call any more. */
    private void closeLink() {
        end();
        Link closing = link;
        link = null;
        figures = figures.doing(ServerStatus.STOPPED, "");
        if (closing != null) {
            closing.close();
        }
    }
}
