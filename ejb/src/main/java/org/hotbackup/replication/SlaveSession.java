package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
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

    private final SlaveSettings settings;
    private final Listener listener;
    private final Applier applier;
    private final Belonging belonging;
    private final Conversation conversation = new Conversation();
    private final SlaveStatistics statistics = new SlaveStatistics();
    private final Notices linkNotices;
    private final Notices callNotices;
    private final Strangers strangers;
    private final Notices applyNotices;
    private final ServerMessages messages;
    private final Backoff blocked =
            new Backoff(SlaveSettings.FIRST_APPLY_AGAIN_MILLIS, SlaveSettings.APPLY_AGAIN_MILLIS);
    private final CatchUp catchUp;
    private final Arrivals arrivals = new Arrivals();

    private final SlavePromotion promotion = new SlavePromotion();
    private Epochs epochs = Epochs.inMemory();
    private boolean listens = true;
    private Runnable promotionOver = () -> {};
    private Consumer<List<String>> upstreamKnown = nodeIds -> {};
    private volatile Link link;
    private long listenAt = Long.MIN_VALUE;
    private long applyAt = Long.MIN_VALUE;
    private String history = "";
    private Optional<Position> position = Optional.empty();
    /** A call of the applier failed: whether it changed anything is not known. */
    private boolean positionUncertain;

    /** Whether updates are applied as they arrive, or delayed (HB-016); changed from any thread. */
    private volatile boolean applyUpdates = true;
    /** What is in the way of the first that arrived. */
    private final Blockage blockage = new Blockage();
    /** The most transactions in the next database transaction. */
    private int most = SlaveSettings.APPLY_TRANSACTIONS;
    /** The last transaction that could not be applied, alone or with others. */
    private long blockedUpTo = NONE;

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
        this.belonging = new Belonging(settings.masterNodeId(), belongsTo);
        this.linkNotices = new Notices(messages);
        this.callNotices = new Notices(messages);
        this.strangers = new Strangers(messages);
        this.applyNotices = new Notices(messages);
        this.messages = messages;
        this.catchUp = new CatchUp(applier, messages);
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
        belonging.server(known, listener);
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
            statistics.frame(frame.get().length);
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
                hello(now, received.conversation(), hello);
            } else if (conversation.is(received.conversation())) {
                if (!isOfMaster()) {
                    // without an answer, which its master would take for its own
                    strangers.refused(MessageCode.FRAME_OF_ANOTHER_NODE, belonging.nodeId(), nodeOfSender());
                    return;
                }
                conversation.heard(now);
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
                send(conversation.id(), new Refuse(e.code().id(), e.getMessage()));
            }
            end();
        }
    }

    /** Whether the frame that was polled last is of the node that this server belongs to. */
    private boolean isOfMaster() {
        return link.sender().map(belonging.nodeId()::equals).orElse(true);
    }

    private String nodeOfSender() {
        return link.sender().filter(id -> !id.isEmpty()).map("node "::concat).orElse("no node");
    }

    private void receive(Frame frame) throws LinkDownException, SessionFailure {
        if (frame instanceof Batch batch) {
            belonging.keep();
            traces.trace("received", batch.firstTransaction(), batch.entries());
            statistics.received(arrivals.add(batch));
        } else if (frame instanceof Heartbeat heartbeat) {
            belonging.keep();
            if (heartbeat.lastTransaction() > arrivals.lastTransaction()) {
                throw SessionFailure.refusing(
                        MessageCode.REFUSED_GAP, heartbeat.lastTransaction(), arrivals.lastTransaction());
            }
            linkNotices.well();
            if (conversation.isSettled()) {
                callNotices.well();
            }
            Position reached = position.orElse(new Position(history, 0, 0));
            send(conversation.id(), new HeartbeatReply(reached.transaction(), reached.lsn(), statistics.totals()));
        } else if (frame instanceof Upstream passedOn) {
            upstream(passedOn.nodeIds());
        } else if (frame instanceof StatisticsRequest request) {
            send(
                    conversation.id(),
                    new StatisticsReply(request.id(), statistics.text(applier.pending(), lastTransaction())));
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
                    MessageCode.REFUSED_CIRCLE,
                    belonging.server(),
                    belonging.nodeId(),
                    settings.server(),
                    settings.nodeId());
        }
        upstreamKnown.accept(nodeIds);
    }

    private void hello(long now, long newConversation, Hello hello) throws LinkDownException {
        if (conversation.isRepeated(newConversation)) {
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
        if (!conversation.isAlive(now)) {
            belonging.talksToNobody();
        }
        Optional<Position> known = positionUncertain ? applier.position() : position;
        Optional<String> held = known.map(Position::history);
        if (belonging.isToAnotherThan(hello)) {
            turnAway(newConversation, MessageCode.REFUSED_ANOTHER_MASTER, belonging.master(), Belonging.master(hello));
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
        belonging.talksTo(hello);
        position = known;
        positionUncertain = false;
        end();
        conversation.begin(now, newConversation);
        statistics.conversation();
        upstreamKnown.accept(List.of());
        history = hello.history();
        applier.calledBy(hello.server());
        send(conversation.id(), new PositionReport(settings.nodeId(), position));
        publish(ServerStatus.CONNECTED);
        callNotices.recovery(MessageCode.CONNECTED, hello.server());
    }

    /** Refuses a caller without disturbing the conversation that is under way. */
    private void turnAway(long caller, MessageCode code, Object... values) throws LinkDownException {
        strangers.refused(code, values);
        send(caller, new Refuse(code.id(), code.text(values)));
    }

    private void badFrame(BadFrameException e) throws LinkDownException {
        if (conversation.is(e.conversation()) && !isOfMaster()) {
            strangers.refused(MessageCode.FRAME_OF_ANOTHER_NODE, belonging.nodeId(), nodeOfSender());
            return;
        }
        if (e.fault() == Fault.UNKNOWN_VERSION) {
            turnAway(e.conversation(), MessageCode.REFUSED_VERSION, e.getMessage(), FrameCodec.VERSION);
            if (e.conversation() == conversation.id()) {
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
        if (conversation.isUnderWay()) {
            MessageCode code = MessageCode.REFUSED_BAD_FRAME;
            send(conversation.id(), new Refuse(code.id(), code.text(e.getMessage())));
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
        List<ReceivedTransaction> batch = arrivals.firstBatch(traces.isOn() || blockage.isToBeSetAside() ? 1 : most);
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
        blockage.isOver();
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
        if (!applyUpdates || applier.pending() > 0) {
            // also what an operator wants in lost+found: there it would be taken for older than the delayed ones before
            // it
            return applier.delay(batch, reached);
        }
        Optional<BlockedTransaction> setAside = blockage.toSetAside();
        if (setAside.isPresent() && setAside.get().number() == batch.get(0).number()) {
            return applier.setAside(
                    batch.get(0), setAside.get().what(), setAside.get().reason(), reached);
        }
        return applier.apply(batch, reached);
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
        statistics.databaseTransaction();
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
        statistics.performed(outcome);
        outcome.lost().ifPresent(lost -> {
            messages.say(MessageCode.TRANSACTION_LOST_AND_FOUND, lost.transaction(), lost.reason());
            if (outcome.lostAndFound() > 1) {
                messages.say(MessageCode.MORE_LOST_AND_FOUND, outcome.lostAndFound() - 1, lost.transaction());
            }
        });
    }

    private void goesWell() {
        statistics.databaseTransaction();
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
            blockage.by(Optional.of(new BlockedTransaction(batch.get(0), what, reason)));
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
    public Optional<BlockedTransaction> head() {
        Optional<BlockedTransaction> delayed =
                mayApplyDelayed() ? catchUp.blockage().transaction() : Optional.empty();
        return delayed.or(blockage::transaction);
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt, unless it can be applied before or is delayed. From
     * any thread.
     *
     * @return false if another one, or none, is blocked
     */
    public boolean setAside(long transaction) {
        return catchUp.blockage().setAside(transaction) || blockage.setAside(transaction);
    }

    /** What arrived is kept to be applied; whoever calls is told that the promotion is under way. */
    private void hearNothing() throws LinkDownException {
        if (conversation.isUnderWay()) {
            MessageCode code = MessageCode.PROMOTION_UNDER_WAY;
            send(conversation.id(), new Refuse(code.id(), code.text(settings.server())));
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
            giveUpPromotion(head().map(
                            inTheWay -> "transaction " + inTheWay.number() + " cannot be applied: " + inTheWay.reason())
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
            statistics.appliedAfterAll(advanced);
            statistics.acknowledged(advanced);
            tell(new Acknowledge(position.get().transaction(), position.get().lsn(), statistics.totals()));
        }
        return true;
    }

    private void reached(Position reached) throws LinkDownException {
        position = Optional.of(reached);
        statistics.acknowledged(arrivals.dropUpTo(reached.transaction()));
        tell(new Acknowledge(reached.transaction(), reached.lsn(), statistics.totals()));
    }

    /** Ends the conversation, if there is one: its master calls again and goes on from the committed position. */
    private void end() {
        conversation.end();
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
        if (conversation.isUnderWay()) {
            send(conversation.id(), frame);
        }
    }

    private void send(long to, Frame frame) throws LinkDownException {
        ServerFigures before = figures;
        figures = before.doing(ServerStatus.WRITING_TO_NETWORK);
        link.send(FrameCodec.encode(to, frame));
        figures = before;
    }

    /** Number of the last transaction that was dealt with, 0 if there is none. */
    private long lastTransaction() {
        return position.map(Position::transaction).orElse(0L);
    }

    private ServerStatus status(long now) {
        if (link == null) {
            return ServerStatus.STOPPED;
        }
        if (!conversation.isAlive(now)) {
            return ServerStatus.WAIT_INCOMING_CALL;
        }
        return conversation.hasSpoken() ? ServerStatus.READING_NETWORK : ServerStatus.CONNECTED;
    }

    private long nextStepAt(long now) {
        if (promotion.isUnderWay()) {
            return now + SlaveSettings.PROMOTION_STEP_MILLIS;
        }
        if (link == null) {
            return listens ? listenAt : Long.MAX_VALUE;
        }
        long next = conversation.isAlive(now) ? conversation.aliveUntil() : now + SlaveSettings.SILENCE_MILLIS;
        if (!arrivals.isEmpty()) {
            next = Math.min(next, Math.max(now, applyAt));
        }
        return applyUpdates && applier.pending() > 0 ? Math.min(next, Math.max(now, catchUp.notBefore())) : next;
    }

    private void publish(ServerStatus status) {
        figures = statistics.figures(
                status,
                conversation.isUnderWay() && link != null ? link.peer() : "",
                arrivals.lastTransaction(),
                lastTransaction(),
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
