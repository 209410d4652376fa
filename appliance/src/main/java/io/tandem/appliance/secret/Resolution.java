package io.tandem.appliance.secret;

/** What became of a reference to a secret. */
public sealed interface Resolution {
    /** Whether there is a secret. */
    default boolean isFound() {
        return this instanceof Found;
    }

    /** There is one. */
    record Found(Source source, Secret secret) implements Resolution {}

    /** There is no such entry; {@code mend} says where it may be put. */
    record Missing(String mend) implements Resolution {}

    /** There is an entry that is not taken; {@code why} is a sentence that names it, and nothing of its content. */
    record Refused(String why) implements Resolution {}

    /** Where an entry stands. */
    enum Source {
        /** A file of the store's directory. */
        FILE,
        /** A variable of the process' environment. */
        ENVIRONMENT
    }
}
