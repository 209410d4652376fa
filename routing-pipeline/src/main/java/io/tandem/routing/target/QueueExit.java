package io.tandem.routing.target;

/** Why a caller leaves a queue without having spoken to anybody. */
public enum QueueExit {
    /** He waited as long as he may. */
    TIMEOUT,
    /** The last agent left. */
    NO_AGENTS
}
