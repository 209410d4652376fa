package io.tandem.admin;

import java.util.Arrays;

/** Codes of the telnet protocol that the console speaks (RFC 854, 857, 858, 1073, 1091). */
final class Telnet {

    static final int IAC = 255;
    static final int DONT = 254;
    static final int DO = 253;
    static final int WONT = 252;
    static final int WILL = 251;
    static final int SB = 250;
    static final int AYT = 246;
    static final int IP = 244;
    static final int BREAK = 243;
    static final int SE = 240;
    static final int EOF = 236;

    static final int ECHO = 1;
    static final int SUPPRESS_GO_AHEAD = 3;
    static final int TERMINAL_TYPE = 24;
    static final int WINDOW_SIZE = 31;

    static final int TERMINAL_TYPE_IS = 0;
    static final int TERMINAL_TYPE_SEND = 1;

    private Telnet() {}

    static byte[] command(int verb, int option) {
        return new byte[] {(byte) IAC, (byte) verb, (byte) option};
    }

    /** A subnegotiation with its frame; a body byte of 255 is doubled. */
    static byte[] subnegotiation(int option, byte... body) {
        var frame = new byte[5 + 2 * body.length];
        int length = 0;
        frame[length++] = (byte) IAC;
        frame[length++] = (byte) SB;
        frame[length++] = (byte) option;
        for (byte b : body) {
            if ((b & 0xff) == IAC) {
                frame[length++] = b;
            }
            frame[length++] = b;
        }
        frame[length++] = (byte) IAC;
        frame[length++] = (byte) SE;
        return Arrays.copyOf(frame, length);
    }

    /** RFC 1073: columns and rows, each in two bytes. */
    static byte[] windowSize(int columns, int rows) {
        return subnegotiation(WINDOW_SIZE, (byte) (columns >> 8), (byte) columns, (byte) (rows >> 8), (byte) rows);
    }
}
