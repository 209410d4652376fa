package io.tandem.routing.target;

/** What became of a call at one target on its way: for explanations, which name every target that was passed. */
public enum TargetStep {
    /** It takes the call. */
    TAKES("takes the call"),
    /** A flow leads the call. */
    LEADS("leads the call"),
    /** It stands for another target. */
    LEADS_ON("leads on to its target"),
    /** Its hours have another target. */
    GIVES_WAY("gives way to its target for these hours"),
    /** Devices ring. */
    RINGS("devices ring"),
    /** The call is sent to a number outside. */
    SENDS_OUT("sends the call to its number"),
    /** A user's calls all go elsewhere. */
    FORWARDS("forwards every call"),
    /** A user is not to be disturbed. */
    NOT_DISTURBED("not to be disturbed"),
    /** A user has as many calls as he may have. */
    BUSY("busy"),
    /** No device can be reached. */
    UNREACHABLE("no device reachable"),
    /** The call may ring no longer. */
    NO_TIME("no time left to ring"),
    /** The call waits for an agent. */
    WAITS("the call waits"),
    /** There is no room. */
    FULL("full"),
    /** No agent is there. */
    NO_AGENTS("no agents"),
    /** A caller would wait too long. */
    LONG_WAIT("the wait would be too long"),
    /** The callee would have to confirm, and nobody asks him. */
    UNCONFIRMED("wants a confirmation that nobody asks for"),
    /** It needs a media trunk, and none takes calls. */
    NEEDS_MEDIA("needs media, and no media trunk takes calls"),
    /** It is switched off. */
    DISABLED("disabled"),
    /** It is not there, or is not the account's. */
    MISSING("not there", false),
    /** The call was there already. */
    REPEATED("was passed already", false),
    /** The call passed as many targets as it may. */
    TOO_FAR("too many targets before it", false);

    private final String text;
    private final boolean entered;

    TargetStep(final String text) {
        this(text, true);
    }

    TargetStep(final String text, final boolean entered) {
        this.text = text;
        this.entered = entered;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** Whether the call was led in, whatever came of it. */
    public boolean entered() {
        return entered;
    }
}
