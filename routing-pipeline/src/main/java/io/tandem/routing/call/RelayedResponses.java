package io.tandem.routing.call;

import io.tandem.routing.identifier.Token;
import io.tandem.routing.transaction.Responses;
import io.tandem.routing.transaction.ServerTransaction;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Method;
import io.tandem.sip.SipMessage;

/** Writes the responses that cross to where the request came from; {@link Responses#commit} sends them. Core's thread only. */
final class RelayedResponses {
    private final Responses responses;
    private final OwnFields ownFields;
    private final PassThrough passThrough;
    private final PrivacyService privacy;

    RelayedResponses(
            final Responses responses,
            final OwnFields ownFields,
            final PassThrough passThrough,
            final PrivacyService privacy) {
        this.responses = responses;
        this.ownFields = ownFields;
        this.passThrough = passThrough;
        this.privacy = privacy;
    }

    /**
     * A response relayed to the leg where the request came from.
     *
     * @param from         leg that it came from; null outside calls.
     * @param dialog       whose token is our To tag; null when the request carries one already.
     * @param status       status to give, usually the response's own.
     * @param withoutBody  whether the body stays behind (early media policy).
     */
    void write(
            final ServerTransaction transaction,
            final SipMessage response,
            final Leg from,
            final Dialog dialog,
            final int status,
            final boolean withoutBody) {
        final MessageWriter writer = responses.begin(
                transaction,
                status,
                response.buffer(),
                response.reasonOffset(),
                response.reasonLength(),
                dialog == null ? Token.INTERNAL : Token.DIALOG,
                dialog == null ? transaction : dialog);
        final Method method = transaction.method();
        if (status < 300 && (method == Method.INVITE || method == Method.UPDATE)) {
            ownFields.contact(writer, transaction.peer().listener);
        }
        final int withheld = privacy.withheld(response, from, IdentityTrust.opposite(from), false);
        passThrough.write(writer, response, withoutBody ? withheld | Withheld.BODY : withheld);
        if (status >= 200 && status < 300) {
            SessionTimers.writeAnswer(writer, transaction.note(), response);
        }
        if (withoutBody) {
            writer.contentLength(0);
        } else {
            writer.body(response.buffer(), response.bodyOffset(), response.bodyLength());
        }
    }
}
