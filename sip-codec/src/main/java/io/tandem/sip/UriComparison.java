package io.tandem.sip;

import org.agrona.DirectBuffer;

/** Equality of URIs (RFC 3261 section 19.1.4, RFC 3966 section 4). Rewinds the parameters of both. */
final class UriComparison {
    private static final byte[] TRANSPORT = Octets.ascii("transport");
    private static final byte[] USER = Octets.ascii("user");
    private static final byte[] TTL = Octets.ascii("ttl");
    private static final byte[] METHOD = Octets.ascii("method");
    private static final byte[] MADDR = Octets.ascii("maddr");

    private UriComparison() {}

    static boolean sip(final SipUri left, final SipUri right) {
        return escapedEquals(
                        left.buffer(),
                        left.userOffset(),
                        left.userLength(),
                        right.buffer(),
                        right.userOffset(),
                        right.userLength(),
                        false)
                && left.passwordPresent() == right.passwordPresent()
                && escapedEquals(
                        left.buffer(),
                        left.passwordOffset(),
                        left.passwordLength(),
                        right.buffer(),
                        right.passwordOffset(),
                        right.passwordLength(),
                        false)
                && left.port() == right.port()
                && Octets.equalsIgnoreCase(
                        left.buffer(),
                        left.hostOffset(),
                        left.hostLength(),
                        right.buffer(),
                        right.hostOffset(),
                        right.hostLength())
                && parametersAgree(left, right)
                && parametersAgree(right, left)
                && headersAgree(left, right)
                && headersAgree(right, left);
    }

    /** Numbers without visual separators, every parameter in both, letters in any case. */
    static boolean tel(final SipUri left, final SipUri right) {
        return numbersAgree(left, right) && everyParameterIn(left, right) && everyParameterIn(right, left);
    }

    private static boolean numbersAgree(final SipUri left, final SipUri right) {
        final int leftEnd = left.userOffset() + left.userLength();
        final int rightEnd = right.userOffset() + right.userLength();
        int leftAt = left.userOffset();
        int rightAt = right.userOffset();
        while (true) {
            leftAt = skipSeparators(left.buffer(), leftAt, leftEnd);
            rightAt = skipSeparators(right.buffer(), rightAt, rightEnd);
            if (leftAt == leftEnd || rightAt == rightEnd) {
                return leftAt == leftEnd && rightAt == rightEnd;
            }
            if (Octets.toLower(left.buffer().getByte(leftAt++))
                    != Octets.toLower(right.buffer().getByte(rightAt++))) {
                return false;
            }
        }
    }

    private static int skipSeparators(final DirectBuffer buffer, final int at, final int end) {
        int position = at;
        while (position < end) {
            final byte octet = buffer.getByte(position);
            if (octet != '-' && octet != '.' && octet != '(' && octet != ')') {
                break;
            }
            position++;
        }
        return position;
    }

    /** What both have must match; of what only one has, the rest is ignored but these five never match. */
    private static boolean parametersAgree(final SipUri left, final SipUri right) {
        final Parameters mine = left.parameters();
        while (mine.next()) {
            if (findSameName(mine, left, right)) {
                if (!valuesAgree(mine, left, right)) {
                    return false;
                }
            } else if (mine.isNamed(TRANSPORT)
                    || mine.isNamed(USER)
                    || mine.isNamed(TTL)
                    || mine.isNamed(METHOD)
                    || mine.isNamed(MADDR)) {
                return false;
            }
        }
        return true;
    }

    private static boolean everyParameterIn(final SipUri left, final SipUri right) {
        final Parameters mine = left.parameters();
        while (mine.next()) {
            if (!findSameName(mine, left, right) || !valuesAgree(mine, left, right)) {
                return false;
            }
        }
        return true;
    }

    private static boolean findSameName(final Parameters mine, final SipUri left, final SipUri right) {
        final Parameters theirs = right.parameters();
        while (theirs.next()) {
            if (escapedEquals(
                    left.buffer(),
                    mine.nameOffset(),
                    mine.nameLength(),
                    right.buffer(),
                    theirs.nameOffset(),
                    theirs.nameLength(),
                    true)) {
                return true;
            }
        }
        return false;
    }

    private static boolean valuesAgree(final Parameters mine, final SipUri left, final SipUri right) {
        // findSameName left the other walk standing at the parameter; parameters() would rewind it.
        final Parameters theirs = right.currentParameter();
        return escapedEquals(
                left.buffer(),
                mine.valueOffset(),
                mine.valueLength(),
                right.buffer(),
                theirs.valueOffset(),
                theirs.valueLength(),
                true);
    }

    /** Every {@code name=value} of the left stands on the right, in any order. */
    private static boolean headersAgree(final SipUri left, final SipUri right) {
        if (!left.headersPresent()) {
            return true;
        }
        final int end = left.headersOffset() + left.headersLength();
        int at = left.headersOffset();
        while (at < end) {
            final int ampersand = pairEnd(left.buffer(), at, end);
            if (!hasHeader(left.buffer(), at, ampersand, right)) {
                return false;
            }
            at = ampersand + 1;
        }
        return true;
    }

    private static boolean hasHeader(final DirectBuffer buffer, final int pair, final int pairEnd, final SipUri uri) {
        if (!uri.headersPresent()) {
            return false;
        }
        final int equals = nameEnd(buffer, pair, pairEnd);
        final int end = uri.headersOffset() + uri.headersLength();
        int at = uri.headersOffset();
        while (at < end) {
            final int ampersand = pairEnd(uri.buffer(), at, end);
            final int otherEquals = nameEnd(uri.buffer(), at, ampersand);
            if (escapedEquals(buffer, pair, equals - pair, uri.buffer(), at, otherEquals - at, true)
                    && escapedEquals(
                            buffer,
                            equals,
                            pairEnd - equals,
                            uri.buffer(),
                            otherEquals,
                            ampersand - otherEquals,
                            false)) {
                return true;
            }
            at = ampersand + 1;
        }
        return false;
    }

    private static int pairEnd(final DirectBuffer buffer, final int at, final int end) {
        final int ampersand = Octets.indexOf(buffer, at, end, (byte) '&');
        return ampersand == Octets.NONE ? end : ampersand;
    }

    private static int nameEnd(final DirectBuffer buffer, final int at, final int end) {
        final int equals = Octets.indexOf(buffer, at, end, (byte) '=');
        return equals == Octets.NONE ? end : equals;
    }

    private static boolean escapedEquals(
            final DirectBuffer left,
            final int leftOffset,
            final int leftLength,
            final DirectBuffer right,
            final int rightOffset,
            final int rightLength,
            final boolean ignoreCase) {
        final int leftEnd = leftOffset + leftLength;
        final int rightEnd = rightOffset + rightLength;
        int leftAt = leftOffset;
        int rightAt = rightOffset;
        while (leftAt < leftEnd && rightAt < rightEnd) {
            final byte leftOctet = (byte) Octets.escapedOctet(left, leftAt, leftEnd);
            final byte rightOctet = (byte) Octets.escapedOctet(right, rightAt, rightEnd);
            if (leftOctet != rightOctet && (!ignoreCase || Octets.toLower(leftOctet) != Octets.toLower(rightOctet))) {
                return false;
            }
            leftAt += Octets.octetLength(left, leftAt, leftEnd);
            rightAt += Octets.octetLength(right, rightAt, rightEnd);
        }
        return leftAt == leftEnd && rightAt == rightEnd;
    }
}
