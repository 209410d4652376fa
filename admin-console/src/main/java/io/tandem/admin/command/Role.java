package io.tandem.admin.command;

/** What a client of the console may do. */
public enum Role {
    /** Reads. */
    OBSERVER,
    /** Reads, and changes the state of the appliance. */
    OPERATOR;

    /** Whether a client of this role may run a command that asks for {@code required}. */
    public boolean includes(Role required) {
        return compareTo(required) >= 0;
    }
}
