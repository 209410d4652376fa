package io.tandem.appliance.driver;

/** The measured steps of an input's way. */
public enum Step {
    OFFER("offer", "read from the socket until copied and indexed in its slot"),
    SEQUENCE("sequence", "in its slot until stamped and journaled"),
    WAIT("wait", "journaled until the core begins with it"),
    CORE("core", "the core's work on it"),
    SEND("send", "the end of a turn's core work until its messages are with the kernel"),
    WHOLE("whole", "read from the socket until the core is done with it");

    private final String key;
    private final String sentence;

    Step(final String key, final String sentence) {
        this.key = key;
        this.sentence = sentence;
    }

    /** Name in console and metrics. */
    public String key() {
        return key;
    }

    /** From where to where it is measured. */
    public String sentence() {
        return sentence;
    }
}
