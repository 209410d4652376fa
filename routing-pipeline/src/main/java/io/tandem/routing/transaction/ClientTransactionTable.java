package io.tandem.routing.transaction;

import io.tandem.routing.identifier.SerialNumbers;
import io.tandem.routing.identifier.SlotTable;
import io.tandem.routing.identifier.Token;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.ViaValue;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * The client transactions there are, found by the branch that we gave their requests (RFC 3261 section 17.1.3). Core's
 * thread only; allocates nothing once it has grown.
 */
final class ClientTransactionTable {
    private static final byte[] MAGIC_COOKIE = {'z', '9', 'h', 'G', '4', 'b', 'K'};
    private static final byte[] BRANCH = ascii("branch=z9hG4bK");
    private static final byte[] ACK_SP = ascii("ACK ");
    private static final byte[] CANCEL_SP = ascii("CANCEL ");
    private static final byte[] VERSION_SP = ascii("SIP/2.0 ");

    /** INVITEs. */
    final SlotTable<InviteClientTransaction> invites;

    /** All other methods. */
    final SlotTable<NonInviteClientTransaction> others;

    private final TokenWriter tokens;
    private final Token token = new Token();

    ClientTransactionTable(
            final int limit,
            final SerialNumbers serialNumbers,
            final Supplier<InviteClientTransaction> inviteMaker,
            final Supplier<NonInviteClientTransaction> otherMaker,
            final TokenWriter tokens) {
        invites = new SlotTable<>(Token.INVITE_CLIENT, limit, serialNumbers, inviteMaker);
        others = new SlotTable<>(Token.NON_INVITE_CLIENT, limit, serialNumbers, otherMaker);
        this.tokens = tokens;
    }

    /** Changes how many of each kind there may be at a time. */
    void limit(final int limit) {
        invites.limit(limit);
        others.limit(limit);
    }

    // ---- from the request to the end -------------------------------------------------------------------------------

    /** Takes the transaction of an INVITE, or returns null when the table is full. */
    InviteClientTransaction newInvite(final ClientTransactionUser user, final Peer peer, final long cSeqNumber) {
        final InviteClientTransaction transaction = invites.take();
        if (transaction != null) {
            transaction.cancel = null;
            open(transaction, user, peer, Method.INVITE, cSeqNumber);
        }
        return transaction;
    }

    /** Takes the transaction of any other request, or returns null when the table is full. */
    NonInviteClientTransaction newNonInvite(
            final ClientTransactionUser user, final Peer peer, final Method method, final long cSeqNumber) {
        final NonInviteClientTransaction transaction = others.take();
        if (transaction != null) {
            transaction.cancelled = null;
            open(transaction, user, peer, method, cSeqNumber);
        }
        return transaction;
    }

    private static void open(
            final ClientTransaction transaction,
            final ClientTransactionUser user,
            final Peer peer,
            final Method method,
            final long cSeqNumber) {
        transaction.user = user;
        transaction.peer.set(peer);
        transaction.method = method;
        transaction.cSeq = cSeqNumber;
        transaction.upstream = null;
    }

    /** The transaction is over: its place is free, and a CANCEL and its INVITE know nothing more of each other. */
    void forget(final ClientTransaction transaction) {
        if (transaction instanceof InviteClientTransaction invite) {
            invite.forgetCancel();
            invites.free(invite);
        } else {
            final NonInviteClientTransaction other = (NonInviteClientTransaction) transaction;
            if (other.cancelled != null) {
                other.cancelled.cancel = null;
                other.cancelled = null;
            }
            others.free(other);
        }
    }

    // ---- branches --------------------------------------------------------------------------------------------------

    /** Writes the value of the branch by which a transaction is found. */
    void branch(final MessageWriter to, final ClientTransaction transaction) {
        to.ascii(MAGIC_COOKIE);
        tokens.write(
                to,
                transaction instanceof InviteClientTransaction ? Token.INVITE_CLIENT : Token.NON_INVITE_CLIENT,
                transaction);
    }

    /**
     * Finds the transaction whose branch the Via of a response carries, or returns null.
     *
     * @param method method of its CSeq: a CANCEL has the branch of its INVITE.
     */
    ClientTransaction find(final DirectBuffer buffer, final ViaValue via, final Method method) {
        return via.branchLength() == MAGIC_COOKIE.length + Token.BYTES && via.isBranchUnique()
                ? byToken(buffer, via.branchOffset() + MAGIC_COOKIE.length, method)
                : null;
    }

    /** Finds the transaction of a message of ours, perhaps cut short; null when it was a response or an ACK. */
    ClientTransaction findSent(final DirectBuffer sent, final int offset, final int length) {
        if (startsWith(sent, offset, length, VERSION_SP) || startsWith(sent, offset, length, ACK_SP)) {
            return null;
        }
        final int end = offset + length - Token.BYTES;
        for (int at = offset; at + BRANCH.length <= end; at++) {
            if (sent.getByte(at) == BRANCH[0] && startsWith(sent, at, end - at, BRANCH)) {
                final boolean isCancel = startsWith(sent, offset, length, CANCEL_SP);
                return byToken(sent, at + BRANCH.length, isCancel ? Method.CANCEL : Method.UNKNOWN);
            }
        }
        return null;
    }

    private ClientTransaction byToken(final DirectBuffer buffer, final int tokenOffset, final Method method) {
        if (token.read(Token.INVITE_CLIENT, buffer, tokenOffset, Token.BYTES)) {
            final InviteClientTransaction invite = invites.find(token);
            return invite == null || method != Method.CANCEL ? invite : invite.cancel;
        }
        return token.read(Token.NON_INVITE_CLIENT, buffer, tokenOffset, Token.BYTES) ? others.find(token) : null;
    }

    private static boolean startsWith(
            final DirectBuffer buffer, final int offset, final int length, final byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.getByte(offset + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many there are. */
    int size() {
        return invites.size() + others.size();
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
