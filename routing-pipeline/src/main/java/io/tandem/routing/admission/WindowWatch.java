package io.tandem.routing.admission;

/** Is told of every window before it changes, so that a snapshot which is being written can keep what it was. */
@FunctionalInterface
public interface WindowWatch {
    /** A place whose window is about to change, to come, or to go. */
    void beforeChange(int slot);
}
