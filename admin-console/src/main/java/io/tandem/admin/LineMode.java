package io.tandem.admin;

import io.tandem.admin.command.AnswerSink;
import io.tandem.admin.command.Caller;
import io.tandem.admin.command.Interpreter;
import io.tandem.admin.view.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The console for programs. In: one command a line, ended by LF or CR LF. Out: for a text answer its lines, then a line
 * {@code OK} or a line that begins with {@code ERROR}; no line before that one is OK or begins with ERROR, because such a
 * line is indented by a space. For JSON exactly one line, an object with the member {@code error} when the command failed.
 */
final class LineMode implements ClientMode, AnswerSink {

    static final String OK = "OK";
    static final String ERROR = "ERROR";

    /** A page in a browser can make it send such a line to a port of this machine, and commands in the lines after it. */
    private static final Pattern HTTP = Pattern.compile("[A-Z]{1,16} \\S* ?HTTP/\\d.*");

    private final ClientOutput output;
    private final Interpreter interpreter;
    private final Caller caller;
    private final ConsoleCounters counters;
    private final byte[] line;
    private int length;

    LineMode(ClientOutput output, Interpreter interpreter, Caller caller, ConsoleCounters counters, int lineMax) {
        this.output = output;
        this.interpreter = interpreter;
        this.caller = caller;
        this.counters = counters;
        this.line = new byte[lineMax];
    }

    @Override
    public boolean onBytes(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                if (!onLine()) {
                    return false;
                }
            } else if (length < line.length) {
                line[length++] = b;
            } else {
                counters.overlong.increment();
                failed(new Refusal("line is too long: limit=" + line.length, "the connection is closed"));
                return false;
            }
        }
        return true;
    }

    @Override
    public void onEnd() {
        if (length > 0) {
            onLine();
        }
    }

    @Override
    public void onClosed() {
        length = 0;
    }

    @Override
    public void line(String text) {
        put((text.equals(OK) || text.startsWith(ERROR) ? " " : "") + text);
    }

    @Override
    public void json(String json, boolean failed) {
        put(json);
        output.flush();
    }

    @Override
    public void done() {
        put(OK);
        output.flush();
    }

    @Override
    public void failed(Refusal why) {
        put(ERROR + " " + why.what() + (why.mend().isEmpty() ? "" : " (" + why.mend() + ")"));
        output.flush();
    }

    private boolean onLine() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        int control = firstControl(end);
        String text;
        try {
            text = control >= 0
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line, 0, end))
                            .toString();
        } catch (CharacterCodingException notText) {
            text = null;
        }
        if (text == null) {
            counters.unreadable.increment();
            failed(new Refusal(
                    "line is not UTF-8 text: bytes=" + end
                            + (control < 0 ? "" : " at=" + control + " byte=" + (line[control] & 0xff)),
                    "send one command a line"));
            return true;
        }
        if (HTTP.matcher(text).matches()) {
            counters.http.increment();
            failed(new Refusal("this is a console and not HTTP", "the connection is closed"));
            return false;
        }
        return interpreter.execute(text, caller, this);
    }

    private int firstControl(int end) {
        for (int i = 0; i < end; i++) {
            if ((line[i] >= 0 && line[i] < ' ' && line[i] != '\t') || line[i] == 0x7f) {
                return i;
            }
        }
        return -1;
    }

    private void put(String text) {
        output.write((text + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
