package io.tandem.perf.simulation.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A SIP message as the simulated peers read and write it: a start line, header lines in order, a body. It is written from
 * RFC 3261 section 7 alone and shares nothing with the engine's codec, so that the two check each other. Strings and
 * lists throughout; it is meant to be plain, not fast. A parsed message is treated as immutable.
 */
public final class SipText {
    private static final String CRLF = "\r\n";

    private String startLine;
    private final List<Field> fields = new ArrayList<>();
    private String body = "";

    /** One header line; the name as written, the key lower case and never compact. */
    public record Field(String key, String name, String value) {}

    /** What is wrong with bytes that are not a SIP message. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(final String message) {
            super(message);
        }
    }

    private SipText(final String startLine) {
        this.startLine = startLine;
    }

    public static SipText request(final String method, final String uri) {
        return new SipText(method + " " + uri + " SIP/2.0");
    }

    /** A response with the headers that RFC 3261 section 8.2.6.2 copies from the request; the To tag is added unless null. */
    public static SipText responseTo(final SipText request, final int status, final String toTag) {
        final SipText response = new SipText("SIP/2.0 " + status + " " + reasonOf(status));
        for (final Field field : request.fields) {
            if (field.key.equals("via")
                    || field.key.equals("from")
                    || field.key.equals("call-id")
                    || field.key.equals("cseq")) {
                response.fields.add(field);
            } else if (field.key.equals("to")) {
                final boolean tagged = parameter(field.value, "tag") != null;
                response.add("To", tagged || toTag == null ? field.value : field.value + ";tag=" + toTag);
            } else if (field.key.equals("record-route") && status > 100 && status < 300) {
                response.fields.add(field);
            }
        }
        return response;
    }

    /** Parses one whole message; throws {@link Malformed} with the reason. */
    public static SipText parse(final byte[] bytes) {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new Malformed("no empty line after the headers");
        }
        int at = text.indexOf(CRLF);
        final SipText message = new SipText(text.substring(0, at));
        if (!message.startLine.endsWith(" SIP/2.0") && !message.startLine.startsWith("SIP/2.0 ")) {
            throw new Malformed("start line: " + message.startLine);
        }
        at += 2;
        while (at < end + 2) {
            int lineEnd = text.indexOf(CRLF, at);
            while (lineEnd < end && (text.charAt(lineEnd + 2) == ' ' || text.charAt(lineEnd + 2) == '\t')) {
                lineEnd = text.indexOf(CRLF, lineEnd + 2);
            }
            message.addLine(text.substring(at, lineEnd));
            at = lineEnd + 2;
        }
        message.takeBody(text.substring(end + 4));
        return message;
    }

    private void addLine(final String line) {
        final int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new Malformed("header line without a name: " + line);
        }
        final String name = line.substring(0, colon).trim();
        final String key = keyOf(name);
        final String value = line.substring(colon + 1).replace(CRLF, "").trim();
        if (key.equals("via") || key.equals("route") || key.equals("record-route")) {
            for (final String part : splitList(value)) {
                fields.add(new Field(key, name, part));
            }
        } else {
            fields.add(new Field(key, name, value));
        }
    }

    private void takeBody(final String rest) {
        final String stated = first("content-length");
        if (stated == null) {
            body = rest;
            return;
        }
        final int length;
        try {
            length = Integer.parseInt(stated);
        } catch (final NumberFormatException e) {
            throw new Malformed("Content-Length: " + stated);
        }
        if (length != rest.length()) {
            throw new Malformed("Content-Length states " + length + ", the body has " + rest.length());
        }
        body = rest;
    }

    /** Splits a comma list outside quotes and angle brackets. */
    static List<String> splitList(final String value) {
        final List<String> parts = new ArrayList<>(2);
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                bracketed = true;
            } else if (!quoted && c == '>') {
                bracketed = false;
            } else if (c == ',' && !quoted && !bracketed) {
                parts.add(value.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(value.substring(start).trim());
        return parts;
    }

    public SipText add(final String name, final String value) {
        fields.add(new Field(keyOf(name), name, value));
        return this;
    }

    /** Replaces the first header of this name where it stands, or adds it. */
    public SipText set(final String name, final String value) {
        final String key = keyOf(name);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).key.equals(key)) {
                fields.set(i, new Field(key, name, value));
                return this;
            }
        }
        return add(name, value);
    }

    public SipText remove(final String name) {
        final String key = keyOf(name);
        fields.removeIf(field -> field.key.equals(key));
        return this;
    }

    public SipText body(final String contentType, final String content) {
        set("Content-Type", contentType);
        body = content;
        return this;
    }

    public SipText startLine(final String line) {
        startLine = line;
        return this;
    }

    /** A copy that may be changed. */
    public SipText copy() {
        final SipText copy = new SipText(startLine);
        copy.fields.addAll(fields);
        copy.body = body;
        return copy;
    }

    /** The bytes for the wire, with Content-Length as it must be. */
    public byte[] toBytes() {
        set("Content-Length", Integer.toString(body.length()));
        return toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(512);
        text.append(startLine).append(CRLF);
        for (final Field field : fields) {
            text.append(field.name).append(": ").append(field.value).append(CRLF);
        }
        return text.append(CRLF).append(body).toString();
    }

    public String startLine() {
        return startLine;
    }

    public List<Field> fields() {
        return fields;
    }

    public String body() {
        return body;
    }

    public boolean isRequest() {
        return !startLine.startsWith("SIP/2.0 ");
    }

    /** Method of the request, or of the request that this response answers. */
    public String method() {
        if (isRequest()) {
            return startLine.substring(0, startLine.indexOf(' '));
        }
        final String cSeq = required("cseq");
        return cSeq.substring(cSeq.lastIndexOf(' ') + 1);
    }

    public boolean is(final String method) {
        return isRequest() && startLine.startsWith(method) && startLine.charAt(method.length()) == ' ';
    }

    public String requestUri() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    public int status() {
        return Integer.parseInt(startLine.substring(8, 11));
    }

    public boolean isProvisional() {
        return !isRequest() && startLine.charAt(8) == '1';
    }

    public boolean isSuccess() {
        return !isRequest() && startLine.charAt(8) == '2';
    }

    /** First value of a header, or null. */
    public String first(final String key) {
        for (final Field field : fields) {
            if (field.key.equals(key)) {
                return field.value;
            }
        }
        return null;
    }

    public List<String> all(final String key) {
        final List<String> values = new ArrayList<>(2);
        for (final Field field : fields) {
            if (field.key.equals(key)) {
                values.add(field.value);
            }
        }
        return values;
    }

    public int count(final String key) {
        int count = 0;
        for (final Field field : fields) {
            if (field.key.equals(key)) {
                count++;
            }
        }
        return count;
    }

    private String required(final String key) {
        final String value = first(key);
        if (value == null) {
            throw new Malformed("no " + key);
        }
        return value;
    }

    public String callId() {
        return required("call-id");
    }

    public String fromTag() {
        return parameter(required("from"), "tag");
    }

    public String toTag() {
        return parameter(required("to"), "tag");
    }

    public long cSeq() {
        final String cSeq = required("cseq");
        return Long.parseLong(cSeq.substring(0, cSeq.indexOf(' ')));
    }

    public String via() {
        return required("via");
    }

    public String branch() {
        return parameter(required("via"), "branch");
    }

    /** Host and port after the protocol of the top Via. */
    public Endpoint sentBy() {
        final String via = via();
        final int start = via.indexOf(' ') + 1;
        final int end = via.indexOf(';', start);
        return hostPort(via.substring(start, end < 0 ? via.length() : end).trim());
    }

    /** The key under which both ends know the transaction of this message; ACK and CANCEL have their own. */
    public String transactionKey() {
        return branch() + '|' + method();
    }

    public boolean hasOption(final String header, final String tag) {
        for (final String value : all(header)) {
            for (final String part : splitList(value)) {
                if (part.equalsIgnoreCase(tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The URI inside a name-addr or addr-spec header value. */
    public static String uriOf(final String value) {
        final int open = value.indexOf('<');
        if (open >= 0) {
            return value.substring(open + 1, value.indexOf('>', open));
        }
        final int semicolon = value.indexOf(';');
        return semicolon < 0 ? value.trim() : value.substring(0, semicolon).trim();
    }

    public static String userOf(final String uri) {
        final int at = uri.indexOf('@');
        return at < 0 ? "" : uri.substring(uri.indexOf(':') + 1, at);
    }

    /** Where a SIP URI with an IPv4 host points, port 5060 by default. */
    public static Endpoint endpointOf(final String uri) {
        int start = uri.indexOf('@');
        start = start < 0 ? uri.indexOf(':') : start;
        int end = start + 1;
        while (end < uri.length() && ";?>".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return hostPort(uri.substring(start + 1, end));
    }

    private static Endpoint hostPort(final String text) {
        final int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? Endpoint.of(text, 5060)
                    : Endpoint.of(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (final NumberFormatException e) {
            throw new Malformed("host and port: " + text);
        }
    }

    /** A header parameter's value, "" for a flag, null when absent; parameters inside angle brackets are the URI's. */
    public static String parameter(final String value, final String name) {
        int at = value.lastIndexOf('>') + 1;
        while ((at = value.indexOf(';', at)) >= 0) {
            int end = value.indexOf(';', at + 1);
            end = end < 0 ? value.length() : end;
            final int equal = value.indexOf('=', at);
            final boolean hasValue = equal > 0 && equal < end;
            if (value.substring(at + 1, hasValue ? equal : end).trim().equalsIgnoreCase(name)) {
                return hasValue ? value.substring(equal + 1, end).trim() : "";
            }
            at = end;
            if (at == value.length()) {
                return null;
            }
        }
        return null;
    }

    private static String keyOf(final String name) {
        final String key = name.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "v" -> "via";
            case "f" -> "from";
            case "t" -> "to";
            case "i" -> "call-id";
            case "m" -> "contact";
            case "l" -> "content-length";
            case "c" -> "content-type";
            case "k" -> "supported";
            case "s" -> "subject";
            case "e" -> "content-encoding";
            default -> key;
        };
    }

    private static String reasonOf(final int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 181 -> "Call Is Being Forwarded";
            case 183 -> "Session Progress";
            case 200 -> "OK";
            case 302 -> "Moved Temporarily";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 480 -> "Temporarily Unavailable";
            case 481 -> "Call/Transaction Does Not Exist";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 491 -> "Request Pending";
            case 500 -> "Server Internal Error";
            case 503 -> "Service Unavailable";
            case 603 -> "Decline";
            default -> status < 300 ? "Fine" : "No";
        };
    }
}
