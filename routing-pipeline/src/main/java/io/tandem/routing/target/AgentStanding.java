package io.tandem.routing.target;

import io.tandem.routing.model.QueueAgent;

/**
 * An agent as it stands when a call is to be offered.
 *
 * @param ready whether he can be offered a call now.
 * @param idleSinceMs when his last call ended, or when he became ready if he had none; any clock that all of them share.
 * @param answeredToday calls that he answered since midnight.
 */
public record AgentStanding(QueueAgent agent, boolean ready, long idleSinceMs, int answeredToday) {}
