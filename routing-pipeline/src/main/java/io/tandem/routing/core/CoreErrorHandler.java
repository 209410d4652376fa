package io.tandem.routing.core;

/** Told of defects of ours that the core survived. Called on the core's thread; must not throw. */
@FunctionalInterface
public interface CoreErrorHandler {
    /**
     * An input or timer was given up.
     *
     * @param inputIndex turn in which it happened.
     * @param error      what was thrown.
     */
    void onError(long inputIndex, Throwable error);
}
