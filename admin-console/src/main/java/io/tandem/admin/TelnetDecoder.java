package io.tandem.admin;

import java.util.Arrays;

/** Takes telnet commands out of a stream of bytes (RFC 854), whatever the stream is cut into. */
final class TelnetDecoder {

    private static final int BODY_MAX = 64;

    private final Events events;
    private final byte[] body = new byte[BODY_MAX];
    private State state = State.DATA;
    private int verb;
    private int option;
    private int length;

    TelnetDecoder(Events events) {
        this.events = events;
    }

    /** What a stream is made of. */
    interface Events {

        void onData(byte data);

        /** DO, DONT, WILL or WONT with its option. */
        void onNegotiation(int verb, int option);

        /** A subnegotiation, its frame taken off; one that is too long is not reported. */
        void onSubnegotiation(int option, byte[] body);

        /** A command that stands alone. */
        void onFunction(int code);
    }

    void accept(byte b) {
        int code = b & 0xff;
        switch (state) {
            case DATA -> {
                if (code == Telnet.IAC) {
                    state = State.COMMAND;
                } else {
                    events.onData(b);
                }
            }
            case COMMAND -> onCommand(code, b);
            case OPTION -> {
                state = State.DATA;
                events.onNegotiation(verb, code);
            }
            case BODY_OPTION -> {
                option = code;
                length = 0;
                state = State.BODY;
            }
            case BODY -> {
                if (code == Telnet.IAC) {
                    state = State.BODY_COMMAND;
                } else {
                    append(b);
                }
            }
            case BODY_COMMAND -> onBodyCommand(code, b);
        }
    }

    private void onCommand(int code, byte b) {
        state = State.DATA;
        switch (code) {
            case Telnet.IAC -> events.onData(b);
            case Telnet.DO, Telnet.DONT, Telnet.WILL, Telnet.WONT -> {
                verb = code;
                state = State.OPTION;
            }
            case Telnet.SB -> state = State.BODY_OPTION;
            default -> events.onFunction(code);
        }
    }

    private void onBodyCommand(int code, byte b) {
        if (code == Telnet.IAC) {
            append(b);
            state = State.BODY;
            return;
        }
        state = State.DATA;
        if (code == Telnet.SE && length <= BODY_MAX) {
            events.onSubnegotiation(option, Arrays.copyOf(body, length));
        }
    }

    private void append(byte b) {
        if (length < BODY_MAX) {
            body[length] = b;
        }
        length = Math.min(length + 1, BODY_MAX + 1);
    }

    private enum State {
        DATA,
        COMMAND,
        OPTION,
        BODY_OPTION,
        BODY,
        BODY_COMMAND
    }
}
