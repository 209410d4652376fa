package io.tandem.routing.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A waiting queue for agents.
 *
 * @param maxWaitSec longest wait, after which {@code timeout} takes the call; {@link Fields#UNLIMITED} for no end.
 * @param maxNoAnswer offers that an agent may miss one after the other before he is paused, 0 for any number.
 * @param announceFirstSec when the first announcement comes, or {@link Fields#UNLIMITED} for never.
 * @param maxQueued most callers that wait, or {@link Fields#UNLIMITED}.
 * @param ewtThresholdSec estimated wait above which a call is not taken in, or {@link Fields#UNLIMITED}.
 * @param ewtAhtSec handling time of a call to estimate with, or {@link Fields#UNLIMITED} for the mean of the last ones.
 * @param language of announcements; empty for that of the account.
 */
public record Queue(
        ResourceId id,
        ResourceId accountId,
        String name,
        QueueStrategy strategy,
        int agentRingTimeoutSec,
        int maxWaitSec,
        int wrapUpSec,
        int maxNoAnswer,
        boolean announcePosition,
        int announceFirstSec,
        int announceIntervalSec,
        MusicMode musicMode,
        ResourceId mohMediaId,
        String language,
        RouteTarget timeout,
        RouteTarget abandon,
        RouteTarget noAgents,
        int maxQueued,
        RouteTarget queueFull,
        int ewtThresholdSec,
        int ewtAhtSec,
        RouteTarget longWait,
        Hours hours,
        List<QueueAgent> agents,
        List<QueueOption> options)
        implements Resource {

    /** Longest of the durations of a queue: a day. */
    public static final int SECONDS_MAX = 86_400;

    /** Most agents of one queue. */
    public static final int AGENTS_MAX = 1000;

    /** One for each key. */
    public static final int OPTIONS_MAX = 12;

    /** Most callers that a queue may be set to hold. */
    public static final int QUEUED_MAX = 10_000;

    /** Copies the lists. */
    public Queue {
        agents = List.copyOf(agents);
        options = List.copyOf(options);
    }

    /** Reads one and reports what is wrong with it. */
    public static Queue read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final Queue queue = new Queue(
                fields.identity(ResourceKind.QUEUES, Trunk.naturalKey(account, name)),
                account,
                name,
                fields.choice("strategy", QueueStrategy.class, QueueStrategy.LONGEST_IDLE),
                fields.integer("agent_ring_timeout_sec", 20, 1, User.RING_SEC_MAX),
                fields.integer("max_wait_sec", Fields.UNLIMITED, 1, SECONDS_MAX),
                fields.integer("wrap_up_sec", 0, 0, SECONDS_MAX),
                fields.integer("max_no_answer", 0, 0, 1000),
                fields.flag("announce_position", false),
                fields.integer("announce_first_sec", Fields.UNLIMITED, 0, SECONDS_MAX),
                fields.integer("announce_interval_sec", Fields.UNLIMITED, 1, SECONDS_MAX),
                fields.choice("moh_mode", MusicMode.class, MusicMode.STREAM),
                fields.reference("moh_media_id", ResourceKind.MEDIA, account),
                fields.text("language", ""),
                RouteTarget.readStem(fields, "timeout_dest", account),
                RouteTarget.readStem(fields, "abandon_dest", account),
                RouteTarget.readStem(fields, "no_agents_dest", account),
                fields.integer("max_queued", Fields.UNLIMITED, 0, QUEUED_MAX),
                RouteTarget.readStem(fields, "queue_full_dest", account),
                fields.integer("ewt_threshold_sec", Fields.UNLIMITED, 0, SECONDS_MAX),
                fields.integer("ewt_aht_sec", Fields.UNLIMITED, 1, SECONDS_MAX),
                RouteTarget.readStem(fields, "ewt_dest", account),
                Hours.read(fields, account),
                fields.list("agents", AGENTS_MAX, agent -> QueueAgent.read(agent, account)),
                fields.list("options", OPTIONS_MAX, option -> QueueOption.read(option, account)));
        queue.checkParts(fields);
        fields.finish();
        return queue;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.QUEUES, accountId, name));
    }

    @Override
    public void check(final Fields fields, final Resources others) {
        Ownership.check(fields, "moh_media_id", ResourceKind.MEDIA, mohMediaId, accountId, others);
        timeout.checkStem(fields, "timeout_dest", accountId, others);
        abandon.checkStem(fields, "abandon_dest", accountId, others);
        noAgents.checkStem(fields, "no_agents_dest", accountId, others);
        queueFull.checkStem(fields, "queue_full_dest", accountId, others);
        longWait.checkStem(fields, "ewt_dest", accountId, others);
        hours.check(fields, accountId, others);
        for (int i = 0; i < agents.size(); i++) {
            final Fields agent = fields.element("agents", i);
            final ResourceId userId = agents.get(i).userId();
            Ownership.check(agent, "user_id", ResourceKind.USERS, userId, accountId, others);
            if (others.find(ResourceKind.USERS, userId) instanceof User user && !user.agent()) {
                agent.refuse("user_id", "must be a user with is_agent 1: " + user.username(), "set it there");
            }
        }
        for (int i = 0; i < options.size(); i++) {
            final Fields option = fields.element("options", i);
            options.get(i).target().checkStem(option, "dest", accountId, others);
            Ownership.check(
                    option,
                    "prompt_media_id",
                    ResourceKind.MEDIA,
                    options.get(i).promptMediaId(),
                    accountId,
                    others);
        }
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.QUEUES.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.word("strategy", strategy);
        json.number("agent_ring_timeout_sec", agentRingTimeoutSec);
        json.number("max_wait_sec", maxWaitSec);
        json.number("wrap_up_sec", wrapUpSec);
        json.number("max_no_answer", maxNoAnswer);
        json.flag("announce_position", announcePosition);
        json.number("announce_first_sec", announceFirstSec);
        json.number("announce_interval_sec", announceIntervalSec);
        json.word("moh_mode", musicMode);
        json.id("moh_media_id", mohMediaId, ResourceKind.MEDIA.prefix());
        json.text("language", language);
        timeout.writeStem(json, "timeout_dest");
        abandon.writeStem(json, "abandon_dest");
        noAgents.writeStem(json, "no_agents_dest");
        json.number("max_queued", maxQueued);
        queueFull.writeStem(json, "queue_full_dest");
        json.number("ewt_threshold_sec", ewtThresholdSec);
        json.number("ewt_aht_sec", ewtAhtSec);
        longWait.writeStem(json, "ewt_dest");
        hours.write(json);
        json.startList("agents");
        for (final QueueAgent agent : agents) {
            agent.write(json);
        }
        json.endList();
        json.startList("options");
        for (final QueueOption option : options) {
            option.write(json);
        }
        json.endList();
        return json.finish();
    }

    private void checkParts(final Fields fields) {
        if (musicMode == MusicMode.FILE && mohMediaId.isNil() && !fields.given("moh_media_id")) {
            fields.refuse("moh_media_id", "is required for moh_mode file", "give a piece of media, or moh_mode stream");
        }
        final Set<ResourceId> users = new LinkedHashSet<>();
        for (int i = 0; i < agents.size(); i++) {
            if (!agents.get(i).userId().isNil() && !users.add(agents.get(i).userId())) {
                fields.element("agents", i).refuse("user_id", "is named twice", "merge the two entries");
            }
        }
        final Set<String> digits = new LinkedHashSet<>();
        for (int i = 0; i < options.size(); i++) {
            if (!digits.add(options.get(i).digit())) {
                fields.element("options", i).refuse("digit", "has an action already", "remove one of them");
            }
        }
    }
}
