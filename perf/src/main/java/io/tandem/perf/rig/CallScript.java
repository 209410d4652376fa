package io.tandem.perf.rig;

/**
 * The rig's messages for one call after another without sockets or timers, for whoever drives a server in memory: six
 * messages to it, the next of each call made from what it said before. Allocates nothing after construction.
 *
 * <pre>
 *   invite()  ->  heard by callee: onCallee(...)
 *   ringing() ->
 *   answer()  ->  heard by caller: onCaller(...)
 *   ack()     ->
 *   bye()     ->  heard by callee: onCallee(...)
 *   byeAnswer()
 * </pre>
 */
public final class CallScript {
    private static final int MESSAGE_BYTES_MAX = 4_096;
    private static final int RUN = 1;

    private final CallMessages caller;
    private final AnswerMessages callee;
    private final IncomingMessage atCaller = new IncomingMessage();
    private final IncomingMessage atCallee = new IncomingMessage();
    private final byte[] atCallerBytes = new byte[MESSAGE_BYTES_MAX];
    private final byte[] atCalleeBytes = new byte[MESSAGE_BYTES_MAX];
    private long number;
    private long id;
    private byte[] bytes;
    private int length;

    /** Makes the messages of a caller, a callee and the number that is called at the server; addresses with port. */
    public CallScript(final String caller, final String callee, final String target, final String number) {
        this.caller = new CallMessages(BenchCommand.address(caller), BenchCommand.address(target), number);
        this.callee = new AnswerMessages(BenchCommand.address(callee));
    }

    /** Array of the message that was made last; valid until the next one is made. */
    public byte[] bytes() {
        return bytes;
    }

    /** Length of the message that was made last. */
    public int length() {
        return length;
    }

    /** Keeps what the caller received, to acknowledge and release from: the 200 to its INVITE. */
    public void onCaller(final byte[] source, final int sourceLength) {
        keep(atCaller, atCallerBytes, source, sourceLength);
    }

    /** Keeps what the callee received, to answer: an INVITE or BYE. */
    public void onCallee(final byte[] source, final int sourceLength) {
        keep(atCallee, atCalleeBytes, source, sourceLength);
    }

    private static void keep(
            final IncomingMessage message, final byte[] room, final byte[] source, final int sourceLength) {
        System.arraycopy(source, 0, room, 0, sourceLength);
        if (!message.wrap(room, sourceLength).index()) {
            throw new IllegalStateException("message without what an answer needs: message=" + message);
        }
    }

    /** The INVITE of the next call. */
    public CallScript invite() {
        id = CallId.of(RUN, number++ & 0xFFFF_FFFFL, 0);
        bytes = caller.invite(id);
        length = caller.inviteLength();
        return this;
    }

    /** The 180 to the INVITE that the callee received. */
    public CallScript ringing() {
        return made(callee.ringing(atCallee, id));
    }

    /** The 200 to the INVITE that the callee received. */
    public CallScript answer() {
        return made(callee.answer(atCallee, id));
    }

    /** The ACK to the 200 that the caller received. */
    public CallScript ack() {
        return made(caller.ackOfSuccess(id, atCaller));
    }

    /** The BYE after the 200 that the caller received. */
    public CallScript bye() {
        return made(caller.bye(id, atCaller));
    }

    /** The 200 to the BYE that the callee received. */
    public CallScript byeAnswer() {
        return made(callee.ok(atCallee));
    }

    private CallScript made(final OutgoingMessage message) {
        bytes = message.bytes;
        length = message.length();
        return this;
    }
}
