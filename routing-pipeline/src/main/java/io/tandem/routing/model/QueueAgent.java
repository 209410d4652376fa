package io.tandem.routing.model;

/**
 * A user who serves a queue.
 *
 * @param tierLevel lower tiers are offered a call first, higher ones only while nobody of a lower one is ready.
 * @param position order within the tier.
 * @param delaySec how long a caller waits before this agent is offered the call.
 */
public record QueueAgent(ResourceId userId, int tierLevel, int position, int delaySec, AgentMode mode) {
    /** Greatest tier. */
    public static final int TIER_MAX = 100;

    static QueueAgent read(final Fields fields, final ResourceId account) {
        final QueueAgent agent = new QueueAgent(
                fields.requiredReference("user_id", ResourceKind.USERS, account),
                fields.integer("tier_level", 1, 1, TIER_MAX),
                fields.integer("position", 0, 0, RingGroupMember.POSITION_MAX),
                fields.integer("delay_sec", 0, 0, Queue.SECONDS_MAX),
                fields.choice("mode", AgentMode.class, AgentMode.STATIC));
        fields.finish();
        return agent;
    }

    void write(final CanonicalJson json) {
        json.startElement();
        json.id("user_id", userId, ResourceKind.USERS.prefix());
        json.number("tier_level", tierLevel);
        json.number("position", position);
        json.number("delay_sec", delaySec);
        json.word("mode", mode);
        json.endElement();
    }
}
