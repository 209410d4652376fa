package io.tandem.sip;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The splice encoder: a received message plus edits makes the message that goes on. What no edit touches is copied as it
 * came, each run between two edits in one piece; without edits the result equals the source.
 *
 * <p>Edits come in any order and speak of the source by header number or offset. A call that makes room for text answers a
 * writer; what is written to it before the next call belongs to that place. Edits at one place keep their order. A new
 * body states its own Content-Length.
 *
 * <pre>
 *   splice.begin(message, destination, 0, capacity);
 *   splice.startLine().requestLine(Method.INVITE, uri, 0, uriLength);
 *   splice.dropAll(HeaderName.VIA);
 *   splice.insertFirst().header(HeaderName.VIA, via);
 *   final int length = splice.end();
 * </pre>
 *
 * <p>Reusable and not thread-safe; allocates nothing after construction. The source must stay as it is until {@link
 * #end()}.
 */
public final class Splice {
    /** The result, its text or its edits do not fit. */
    public static final int OVERFLOW = -1;

    /** Two edits change the same octets. */
    public static final int CONFLICT = -2;

    private static final int EDIT_COUNT_DEFAULT = 128;
    private static final int TEXT_BYTES_DEFAULT = 16_384;

    private final int[] froms;
    private final int[] tos;
    private final int[] textStarts;
    private final int[] textEnds;
    private final UnsafeBuffer text;
    private final MessageWriter writer = new MessageWriter();

    private SipMessage source;
    private MutableDirectBuffer destination;
    private int offset;
    private int limit;
    private int editCount;
    private boolean full;
    private boolean bodyEdited;
    private int bodyEdit;

    /** Room for 128 edits and 16 KiB of new text. */
    public Splice() {
        this(EDIT_COUNT_DEFAULT, TEXT_BYTES_DEFAULT);
    }

    /**
     * @param editCountMax edits of one message, its Content-Length included
     * @param textBytesMax octets of new text of one message, new body included
     */
    public Splice(final int editCountMax, final int textBytesMax) {
        froms = new int[editCountMax];
        tos = new int[editCountMax];
        textStarts = new int[editCountMax];
        textEnds = new int[editCountMax];
        text = new UnsafeBuffer(new byte[textBytesMax]);
    }

    /** Begins a result of at most {@code capacity} octets at {@code offset}, outside the source. */
    public Splice begin(
            final SipMessage message, final MutableDirectBuffer into, final int intoOffset, final int capacity) {
        source = message;
        destination = into;
        offset = intoOffset;
        limit = intoOffset + capacity;
        editCount = 0;
        full = false;
        bodyEdited = false;
        writer.wrap(text, 0, text.capacity());
        return this;
    }

    /** Takes the place of the start line; to be written with its line end. */
    public MessageWriter startLine() {
        return replaceRange(source.offset(), source.headersOffset() - source.offset());
    }

    /** Takes the place of the Request-URI. */
    public MessageWriter requestUri() {
        return replaceRange(source.uriOffset(), source.uriLength());
    }

    /** Takes the place of a field; to be written with its line end. */
    public MessageWriter replaceField(final int header) {
        return replaceRange(source.fieldOffset(header), source.fieldLength(header));
    }

    /** Takes the place of a value; the name stays as it came. */
    public MessageWriter replaceValue(final int header) {
        return replaceRange(source.valueOffset(header), source.valueLength(header));
    }

    /** Takes the place of any octets of the source; of none, when the length is 0: an insertion. */
    public MessageWriter replaceRange(final int from, final int length) {
        open(from, from + length);
        return writer;
    }

    /** Leaves a field out. */
    public Splice drop(final int header) {
        open(source.fieldOffset(header), source.fieldOffset(header) + source.fieldLength(header));
        return this;
    }

    /** Leaves out every field of that name. */
    public Splice dropAll(final HeaderName name) {
        for (int header = source.first(name); header != SipMessage.NONE; header = source.next(name, header)) {
            drop(header);
        }
        return this;
    }

    /** Before a field, dropped or not; whole fields with their line ends. */
    public MessageWriter insertBefore(final int header) {
        return replaceRange(source.fieldOffset(header), 0);
    }

    /** Behind a field, dropped or not; whole fields with their line ends. */
    public MessageWriter insertAfter(final int header) {
        return replaceRange(source.fieldOffset(header) + source.fieldLength(header), 0);
    }

    /** Before all header fields; whole fields with their line ends. */
    public MessageWriter insertFirst() {
        return replaceRange(source.headersOffset(), 0);
    }

    /** Behind all header fields; whole fields with their line ends. */
    public MessageWriter append() {
        final int last = source.headerCount() - 1;
        return last < 0 ? insertFirst() : insertAfter(last);
    }

    /** Takes the place of the body; Content-Length follows by itself. */
    public MessageWriter body() {
        final MessageWriter body = replaceRange(source.bodyOffset(), source.bodyLength());
        bodyEdited = true;
        bodyEdit = editCount - 1;
        return body;
    }

    /** Leaves the body out; Content-Length becomes 0 by itself. */
    public Splice dropBody() {
        body();
        return this;
    }

    /**
     * Writes the result.
     *
     * @return its octets; {@link #OVERFLOW} or {@link #CONFLICT} when there is no valid result
     */
    public int end() {
        close();
        if (bodyEdited && !full) {
            stateContentLength(textEnds[bodyEdit] - textStarts[bodyEdit]);
        }
        if (full || writer.overflowed()) {
            return OVERFLOW;
        }
        sort();
        return copy();
    }

    private void open(final int from, final int to) {
        close();
        if (editCount == froms.length) {
            full = true;
            return;
        }
        froms[editCount] = from;
        tos[editCount] = to;
        textStarts[editCount] = writer.position();
        editCount++;
    }

    private void close() {
        if (editCount > 0) {
            textEnds[editCount - 1] = writer.position();
        }
    }

    private void stateContentLength(final int length) {
        final int header = source.first(HeaderName.CONTENT_LENGTH);
        if (header == SipMessage.NONE) {
            append().header(HeaderName.CONTENT_LENGTH, length);
        } else {
            replaceValue(header).number(length);
        }
        close();
    }

    /** Insertion sort: edits come nearly in order, and those at one place must keep theirs. */
    private void sort() {
        for (int i = 1; i < editCount; i++) {
            final int from = froms[i];
            final int to = tos[i];
            final int textStart = textStarts[i];
            final int textEnd = textEnds[i];
            int place = i;
            while (place > 0 && comesBefore(from, to, place - 1)) {
                froms[place] = froms[place - 1];
                tos[place] = tos[place - 1];
                textStarts[place] = textStarts[place - 1];
                textEnds[place] = textEnds[place - 1];
                place--;
            }
            froms[place] = from;
            tos[place] = to;
            textStarts[place] = textStart;
            textEnds[place] = textEnd;
        }
    }

    /** By place; insertions before what is replaced or dropped at the same place. */
    private boolean comesBefore(final int from, final int to, final int edit) {
        return from < froms[edit] || (from == froms[edit] && from == to && froms[edit] != tos[edit]);
    }

    private int copy() {
        int read = source.offset();
        int write = offset;
        for (int i = 0; i < editCount; i++) {
            final int textLength = textEnds[i] - textStarts[i];
            if (froms[i] < read) {
                if (textLength == 0 && tos[i] <= read) {
                    continue;
                }
                return CONFLICT;
            }
            write = put(write, source.buffer(), read, froms[i] - read);
            write = put(write, text, textStarts[i], textLength);
            if (write < 0) {
                return OVERFLOW;
            }
            read = tos[i];
        }
        write = put(write, source.buffer(), read, source.offset() + source.length() - read);
        return write < 0 ? OVERFLOW : write - offset;
    }

    private int put(final int at, final DirectBuffer from, final int fromOffset, final int length) {
        if (at < 0 || length > limit - at) {
            return OVERFLOW;
        }
        destination.putBytes(at, from, fromOffset, length);
        return at + length;
    }
}
