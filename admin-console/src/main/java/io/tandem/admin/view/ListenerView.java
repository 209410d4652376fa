package io.tandem.admin.view;

/**
 * One socket that takes calls.
 *
 * @param bind        address:port it listens on
 * @param advertised  address:port that Via and Contact carry
 * @param open        whether the socket is open
 * @param received    messages taken from it
 * @param sent        messages sent from it
 * @param dropped     messages refused at the door
 * @param connections open stream connections; 0 for datagrams
 */
public record ListenerView(
        int id,
        String name,
        String transport,
        String bind,
        String advertised,
        boolean open,
        long received,
        long sent,
        long dropped,
        long connections) {}
