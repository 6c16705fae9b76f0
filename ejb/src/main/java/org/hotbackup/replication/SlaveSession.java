package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Upstream;

/**
 * The slave server: listens, tells its master where it stands, applies what arrives and acknowledges after the durable
 * commit. It belongs to one master (I7); a new call of that master takes the place of an older conversation.
 *
 * <p>This is its talk with whoever calls; what becomes of the transactions that arrive is {@link Applying}'s. A step applies
 * at most one database transaction, so heartbeats are answered and figures are fresh in between. For one thread and without
 * a lock, except where a method says otherwise.
 */
public final class SlaveSession implements Session {

    private static final Logger LOG = Logger.getLogger(SlaveSession.class.getName());

    /** Listens on the server's port. */
    @FunctionalInterface
    public interface Listener {
        /** Listens; frames of several callers may arrive. */
        Link listen() throws LinkDownException;
    }

    private final SlaveSettings settings;
    private final Listener listener;
    private final Applier applier;
    private final Applying applying;
    private final Belonging belonging;
    private final Conversation conversation = new Conversation();
    private final SlaveStatistics statistics = new SlaveStatistics();
    private final SlavePromotion promotion = new SlavePromotion();
    private final Promoting promoting;
    private final ServerMessages messages;
    private final Notices linkNotices;
    private final Notices callNotices;
    private final Strangers strangers;
    private Epochs epochs = Epochs.inMemory();
    private boolean listens = true;
    private Runnable upstreamKept = () -> {};
    /** Whose updates the master of this conversation passes on. */
    private List<String> masterPassesOn = List.of();

    private volatile Link link;
    private long listenAt = Long.MIN_VALUE;
    private volatile String listenTrouble = "";
    private volatile Optional<StandingRefusal> refusal = Optional.empty();
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
        this.messages = messages;
        this.linkNotices = new Notices(messages);
        this.callNotices = new Notices(messages);
        this.strangers = new Strangers(messages);
        this.applying = new Applying(settings.server(), applier, new ToldMaster(), statistics, promotion, messages);
        this.promoting = new Promoting(settings.server(), promotion, applying, messages);
    }

    /**
     * Begins to listen.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    public void listen() throws LinkDownException {
        try {
            applying.begin();
            link = listener.listen();
        } catch (LinkDownException | RuntimeException e) {
            listenTrouble = e.getMessage() == null ? e.toString() : e.getMessage();
            throw e;
        }
        publish(ServerStatus.WAIT_INCOMING_CALL);
        if (promotion.promotion().isPresent() && !listenTrouble.isEmpty()) {
            linkNotices.well();
            messages.say(MessageCode.OLD_MASTER_CAN_CALL, settings.server());
        }
        listenTrouble = "";
    }

    /**
     * Begins to listen. One that was promoted goes on trying with its steps, and says so: nobody else tells its old master.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    public void begin() throws LinkDownException {
        try {
            listen();
        } catch (LinkDownException e) {
            if (promotion.promotion().isEmpty()) {
                throw e;
            }
        }
    }

    /** Whether callers are heard. From any thread. */
    public boolean isListening() {
        return link != null;
    }

    /** Why it could not listen at the last attempt, empty if it could or has not tried. From any thread. */
    public String listenTrouble() {
        return listenTrouble;
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

    /** Tells somebody, on the session's thread, that the applier keeps other nodes than before; before the first step. */
    public void onUpstream(Runnable listener) {
        upstreamKept = listener;
    }

    /** It applies what is there and listens to nobody until it is promoted; before the first step. */
    public void withoutListening() {
        listens = false;
    }

    /** Tells somebody, on the session's thread, that a promotion is done or given up; before it is asked for. */
    public void onPromotionOver(Runnable listener) {
        promoting.onOver(listener);
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

    /** Applies updates as they arrive from now on, after those that are delayed; or delays them. From any thread. */
    public void applyUpdates(boolean apply) {
        applying.applyUpdates(apply);
    }

    /** Whether a batch is under way that changes files, and not only what is delayed. From any thread. */
    public boolean isChangingFiles() {
        return applying.isChangingFiles();
    }

    /** The transaction that cannot be applied now, empty if none is in the way. From any thread. */
    public Optional<BlockedTransaction> head() {
        return applying.head();
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt, unless it can be applied before or is delayed. From
     * any thread.
     *
     * @return false if another one, or none, is blocked
     */
    public boolean setAside(long transaction) {
        return applying.setAside(transaction);
    }

    /** Whether an operator asked for the blocked transaction to be put into lost+found, and it is still there. */
    public boolean isSettingAside() {
        return applying.isSettingAside();
    }

    @Override
    public Optional<StandingRefusal> refusal() {
        return promotion.promotion().isPresent() ? Optional.empty() : refusal;
    }

    @Override
    public void traceTo(Traces newTraces) {
        applying.traceTo(newTraces);
    }

    @Override
    public long step(long now) {
        boolean again = false;
        try {
            if (link == null && mayListen() && !promotion.isUnderWay()) {
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
            again |= applying.applyDelayed(now);
            again |= promotion.isUnderWay() && promoting.step(now);
        } catch (LinkDownException e) {
            boolean promoted = promotion.promotion().isPresent();
            linkNotices.trouble(
                    promoted ? MessageCode.OLD_MASTER_NOT_TOLD : MessageCode.LINK_DOWN,
                    settings.server(),
                    e.getMessage());
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

    /** One that was promoted has to tell its old master so, whether it was started or not. */
    private boolean mayListen() {
        return listens || promotion.promotion().isPresent();
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
            if (applying.hasAFullBatch(now)) {
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
            } else if (conversation.is(received.conversation())) {
                if (!isOfMaster()) {
                    // without an answer, which its master would take for its own
                    strangers.refused(MessageCode.FRAME_OF_ANOTHER_NODE, belonging.nodeId(), nodeOfSender());
                    return;
                }
                conversation.heard(now);
                statistics.heard(now);
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
            conversation.batched();
            belonging.keep();
            keepUpstream();
            applying.take(batch);
            refusal = Optional.empty();
        } else if (frame instanceof Heartbeat heartbeat) {
            belonging.keep();
            if (heartbeat.lastTransaction() > applying.lastArrived()) {
                throw SessionFailure.refusing(
                        MessageCode.REFUSED_GAP, heartbeat.lastTransaction(), applying.lastArrived());
            }
            if (conversation.isPlaced()) {
                keepUpstream();
            }
            linkNotices.well();
            if (conversation.isSettled()) {
                callNotices.well();
                refusal = Optional.empty();
            }
            Position reached = applying.reached();
            send(
                    conversation.id(),
                    new HeartbeatReply(reached.transaction(), reached.lsn(), statistics.totals(applying.pending())));
        } else if (frame instanceof Upstream passedOn) {
            upstream(passedOn.nodeIds());
        } else if (frame instanceof StatisticsRequest request) {
            send(
                    conversation.id(),
                    new StatisticsReply(request.id(), statistics.text(applier.pending(), applying.lastDealtWith())));
        } else if (frame instanceof Refuse refuse) {
            SessionFailure refused = SessionFailure.refusedBy(MessageCode.MASTER_REFUSED, refuse);
            refusal = Optional.of(refused.standing());
            throw refused;
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
        masterPassesOn = List.copyOf(nodeIds);
    }

    /**
     * Before anything of theirs is taken. Not for a master that has sent nothing and may be gone in a moment: what is delayed
     * or applied later would count as an update of nodes that it only named.
     */
    private void keepUpstream() {
        List<String> nodeIds = Stream.concat(Stream.of(belonging.nodeId()), masterPassesOn.stream())
                .distinct()
                .toList();
        if (applier.receives(nodeIds, applying.waiting() == 0)) {
            upstreamKept.run();
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
        Optional<Position> known = applying.committed();
        Optional<String> held = known.map(Position::history);
        if (belonging.isToAnotherThan(hello)) {
            turnAway(newConversation, MessageCode.REFUSED_ANOTHER_MASTER, belonging.master(), Belonging.master(hello));
            return;
        }
        if (held.isPresent() && !held.get().equals(hello.history())) {
            MessageCode code = MessageCode.REFUSED_UNKNOWN_HISTORY;
            turnAway(newConversation, code, held.get(), hello.history());
            refusal = Optional.of(new StandingRefusal(code.id(), code.text(held.get(), hello.history())));
            return;
        }
        if (promotion.promotion().isPresent()) {
            Promotion before = promotion.promotion().get();
            Position last = before.position();
            // one that was promoted with half an image, and had applied nothing since: what its master has in its queue
            // is all missing
            Position told = last.isNowhere() ? new Position(hello.history(), 0, 0) : last;
            send(newConversation, new Promoted(settings.nodeId(), before.epoch(), told));
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
        applying.goOnAfter(known, hello.history());
        end();
        conversation.begin(now, newConversation);
        statistics.conversation();
        statistics.heard(now);
        masterPassesOn = List.of();
        applier.calledBy(hello.server());
        send(conversation.id(), new PositionReport(settings.nodeId(), known));
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
        List<ReceivedTransaction> batch = applying.next(now);
        if (batch.isEmpty()) {
            return false;
        }
        publish(ServerStatus.READING_NETWORK);
        return applying.apply(now, batch);
    }

    /** What arrived is kept to be applied; whoever calls is told that the promotion is under way. */
    private void hearNothing() throws LinkDownException {
        if (conversation.isUnderWay()) {
            MessageCode code = MessageCode.PROMOTION_UNDER_WAY;
            send(conversation.id(), new Refuse(code.id(), code.text(settings.server())));
            end();
        }
    }

    /** Ends the conversation, if there is one: its master calls again and goes on from the committed position. */
    private void end() {
        conversation.end();
        if (!promotion.isUnderWay()) {
            applying.beginAgain();
        }
    }

    private void listenAgain(long now) {
        listenAt = now + SlaveSettings.LISTEN_AGAIN_MILLIS;
        closeLink();
    }

    /** The master of this conversation, for whoever applies what it sent. */
    private final class ToldMaster implements Applying.Master {

        @Override
        public void tell(Frame frame) throws LinkDownException {
            if (conversation.isUnderWay()) {
                send(conversation.id(), frame);
            }
        }

        @Override
        public void callAgain() throws LinkDownException {
            tell(new Refuse(MessageCode.CONVERSATION_OVER.id(), MessageCode.CONVERSATION_OVER.text()));
            end();
        }
    }

    private void send(long to, Frame frame) throws LinkDownException {
        ServerFigures before = figures;
        figures = before.doing(ServerStatus.WRITING_TO_NETWORK);
        link.send(FrameCodec.encode(to, frame));
        figures = before;
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
            return mayListen() ? listenAt : Long.MAX_VALUE;
        }
        long next = conversation.isAlive(now) ? conversation.aliveUntil() : now + SlaveSettings.SILENCE_MILLIS;
        return Math.min(next, applying.nextAt(now));
    }

    private void publish(ServerStatus status) {
        figures = statistics.figures(
                status,
                conversation.isUnderWay() && link != null ? link.peer() : "",
                applying.lastArrived(),
                applying.lastDealtWith(),
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
