package io.tandem.admin.view;

import java.time.Instant;

/** Hears of every command that changes state. Called on the client's thread; what it throws refuses the command. */
public interface OperatorAudit {

    /** Called before the command runs, also for one that the operator's role then refuses. */
    void onCommand(Entry command);

    /** Called when it has been answered; {@code answer} is OK or the error in one line. */
    void onAnswer(Entry command, boolean ok, String answer);

    /**
     * A command as it was entered.
     *
     * @param when wall time
     * @param who  peer address, or {@code unix:} and the socket's path
     * @param what the command line
     */
    record Entry(Instant when, String who, String what) {}
}
