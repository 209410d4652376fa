package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Messages of the caller and the callee as text, lines ended by a bare line feed, and what stands in ours. */
final class Texts {
    private Texts() {}

    // ---- reading ---------------------------------------------------------------------------------------------------

    /** Value of a header that must be there. */
    static String header(final String message, final String name) {
        final List<String> values = headers(message, name);
        assertThat(values).as(name + " in\n" + message).isNotEmpty();
        return values.getFirst();
    }

    /** Values of every header of that name. */
    static List<String> headers(final String message, final String name) {
        final List<String> values = new ArrayList<>();
        for (final String line : head(message).lines().toList()) {
            if (line.startsWith(name + ": ")) {
                values.add(line.substring(name.length() + 2));
            }
        }
        return values;
    }

    static String tag(final String headerValue) {
        final int at = headerValue.indexOf(";tag=");
        assertThat(at).as("tag in " + headerValue).isPositive();
        return headerValue.substring(at + 5);
    }

    static int cSeq(final String message) {
        final String value = header(message, "CSeq");
        return Integer.parseInt(value.substring(0, value.indexOf(' ')));
    }

    static String branch(final String message) {
        final String via = header(message, "Via");
        final int at = via.indexOf("branch=");
        final int end = via.indexOf(';', at);
        return via.substring(at, end < 0 ? via.length() : end);
    }

    static String body(final String message) {
        final int end = message.indexOf("\r\n\r\n");
        return message.substring(end + 4);
    }

    private static String head(final String message) {
        final int end = message.indexOf("\r\n\r\n");
        return end < 0 ? message : message.substring(0, end);
    }

    // ---- the caller ------------------------------------------------------------------------------------------------

    /** The caller's INVITE: branch, tag and Call-ID derive from the name of the call. */
    static String invite(final String call, final String extra, final String body) {
        return "INVITE sip:" + RigConfiguration.NUMBER + "@127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-inv-" + call + "\n"
                + "From: \"Alice\" <sip:12025550100@127.0.0.2:5070>;tag=alice-" + call + "\n"
                + "To: <sip:" + RigConfiguration.NUMBER + "@127.0.0.1:5060>\n"
                + "Call-ID: " + call + "@127.0.0.2\n"
                + "CSeq: 1 INVITE\n"
                + "Contact: <sip:alice@127.0.0.2:5070>\n"
                + "Max-Forwards: 70\n"
                + end(extra, body);
    }

    /** CANCEL of a request (RFC 3261 section 9.1). */
    static String cancel(final String request, final String extra) {
        final String method = request.substring(0, request.indexOf(' '));
        return "CANCEL" + request.substring(method.length(), request.indexOf('\n') + 1)
                + "Via: " + header(request, "Via") + "\n"
                + "From: " + header(request, "From") + "\n"
                + "To: " + header(request, "To") + "\n"
                + "Call-ID: " + header(request, "Call-ID") + "\n"
                + "CSeq: " + header(request, "CSeq").replace(method, "CANCEL") + "\n"
                + "Max-Forwards: 70\n"
                + extra
                + "Content-Length: 0\n\n";
    }

    /** ACK of a response that is no 2xx (RFC 3261 section 17.1.1.3). */
    static String failureAck(final String request, final String response) {
        return cancel(request, "")
                .replaceFirst("^CANCEL", "ACK")
                .replaceFirst("\nCSeq: (\\d+) CANCEL", "\nCSeq: $1 ACK")
                .replaceFirst("\nTo: [^\n]*", "\nTo: " + header(response, "To"));
    }

    static String inDialog(
            final String method, final int cSeq, final String ourResponse, final String branch, final String extra) {
        return inDialog(method, cSeq, ourResponse, branch, extra, "");
    }

    /** A request of the caller inside the dialog that a response of ours made. */
    static String inDialog(
            final String method,
            final int cSeq,
            final String ourResponse,
            final String branch,
            final String extra,
            final String body) {
        return method + " sip:127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-" + branch + "\n"
                + "From: " + header(ourResponse, "From") + "\n"
                + "To: " + header(ourResponse, "To") + "\n"
                + "Call-ID: " + header(ourResponse, "Call-ID") + "\n"
                + "CSeq: " + cSeq + " " + method + "\n"
                + (extra.contains("Contact:") ? "" : "Contact: <sip:alice@127.0.0.2:5070>\n")
                + (extra.contains("Max-Forwards:") ? "" : "Max-Forwards: 70\n")
                + end(extra, body);
    }

    // ---- the callee ------------------------------------------------------------------------------------------------

    static String fromCalleeInDialog(
            final String method, final int cSeq, final String ourInvite, final String calleeTag, final String branch) {
        return fromCalleeInDialog(method, cSeq, ourInvite, calleeTag, branch, "", "");
    }

    /** A request of the callee inside the dialog that our INVITE and its To tag make. */
    static String fromCalleeInDialog(
            final String method,
            final int cSeq,
            final String ourInvite,
            final String calleeTag,
            final String branch,
            final String extra,
            final String body) {
        return method + " sip:127.0.0.1:5060 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.3:5080;branch=z9hG4bK-" + branch + "\n"
                + "From: " + header(ourInvite, "To") + ";tag=" + calleeTag + "\n"
                + "To: " + header(ourInvite, "From") + "\n"
                + "Call-ID: " + header(ourInvite, "Call-ID") + "\n"
                + "CSeq: " + cSeq + " " + method + "\n"
                + (extra.contains("Contact:") ? "" : "Contact: <sip:bob@127.0.0.3:5080>\n")
                + (extra.contains("Max-Forwards:") ? "" : "Max-Forwards: 70\n")
                + end(extra, body);
    }

    // ---- either ----------------------------------------------------------------------------------------------------

    /** A response without a body to a request of ours. */
    static String response(final String request, final String status, final String tag) {
        return response(request, status, tag, "", "");
    }

    /** A response to a request of ours. */
    static String response(
            final String request, final String status, final String tag, final String extra, final String body) {
        final String to = header(request, "To");
        return "SIP/2.0 " + status + "\n"
                + "Via: " + header(request, "Via") + "\n"
                + "From: " + header(request, "From") + "\n"
                + "To: " + to + (tag.isEmpty() || to.contains(";tag=") ? "" : ";tag=" + tag) + "\n"
                + "Call-ID: " + header(request, "Call-ID") + "\n"
                + "CSeq: " + header(request, "CSeq") + "\n"
                + end(extra, body);
    }

    /** The callee's 200 with its Contact. */
    static String ok(final String request, final String tag, final String body) {
        return response(request, "200 OK", tag, "Contact: <sip:bob@127.0.0.3:5080>\n", body);
    }

    /** The caller's 200 with its Contact. */
    static String okOfCaller(final String request, final String body) {
        return response(request, "200 OK", "", "Contact: <sip:alice@127.0.0.2:5070>\n", body);
    }

    private static String end(final String extra, final String body) {
        return extra
                + (body.isEmpty() || extra.contains("Content-Type:") ? "" : "Content-Type: application/sdp\n")
                + "Content-Length: " + body.length() + "\n\n"
                + body;
    }
}
