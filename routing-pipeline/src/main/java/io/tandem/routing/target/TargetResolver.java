package io.tandem.routing.target;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.Conference;
import io.tandem.routing.model.FeatureCode;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.Media;
import io.tandem.routing.model.PagingGroup;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.VoicemailBox;
import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.schedule.OpeningBasis;
import io.tandem.routing.schedule.SchedulePlan;

/**
 * Follows a route target through extensions, users, groups, queues and forwards until there is something to be done with the call.
 * Each target is passed once, and at most {@link TargetPath#LENGTH_MAX} of them, before and after ringing together. Core's thread;
 * a function of the call, the configuration and the live state, and takes nothing.
 */
public final class TargetResolver {
    private static final int SECOND_MS = 1000;

    private final TargetSource source;
    private final LiveState state;
    private final TargetTrace trace;

    /** A resolver over one revision. */
    public TargetResolver(final TargetSource source, final LiveState state, final TargetTrace trace) {
        this.source = source;
        this.state = state;
        this.trace = trace;
    }

    /** Whether a target exists for a call: something that is published, and of its account unless it is a trunk. */
    public boolean exists(final TargetRef target, final TargetCall call) {
        final long high = target.idHigh();
        final long low = target.idLow();
        return switch (target.kind()) {
            case NONE -> false;
            case HANGUP -> true;
            case FEATURE -> FeatureCode.of(target.feature()) != null;
            case TRUNK -> source.trunk(high, low) != null;
            case FLOW -> source.flowPublished(high, low);
            case USER -> {
                final UserPlan plan = source.user(high, low);
                yield plan != null && owned(plan.user(), call);
            }
            case EXTENSION -> {
                final ExtensionPlan plan = source.extension(high, low);
                yield plan != null && owned(plan.extension(), call);
            }
            case RING_GROUP -> {
                final RingGroupPlan plan = source.ringGroup(high, low);
                yield plan != null && owned(plan.group(), call);
            }
            case QUEUE -> {
                final QueuePlan plan = source.queue(high, low);
                yield plan != null && owned(plan.queue(), call);
            }
            case FORWARD -> {
                final ForwardPlan plan = source.forward(high, low);
                yield plan != null && owned(plan.forward(), call);
            }
            case VOICEMAIL -> owned(source.voicemail(high, low), call);
            case CONFERENCE -> owned(source.conference(high, low), call);
            case PARKING -> owned(source.parkingLot(high, low), call);
            case PAGING -> owned(source.pagingGroup(high, low), call);
        };
    }

    /** What is to be done with a call that was sent to a target. */
    public TargetPlan resolve(final TargetRef target, final TargetCall call) {
        return resolve(target, call, null, null);
    }

    /**
     * What is to be done with a call that was sent to a target behind others.
     *
     * @param why the call is sent on, such as that somebody was busy; null if nothing was tried before.
     */
    public TargetPlan resolve(
            final TargetRef target, final TargetCall call, final TargetPath before, final DiversionReason why) {
        return next(target, call, before, why, call.budgetMs());
    }

    /** What is to be done with a call for one device, past its user: it rings, or nobody answers. */
    public TargetPlan resolveDevice(final DevicePlan device, final TargetCall call) {
        final RingSteps steps = new RingSteps(state);
        final UserPlan user = source.user(
                device.device().userId().high(), device.device().userId().low());
        final int ownMs = user == null ? Integer.MAX_VALUE : user.user().ringTimeoutSec() * SECOND_MS;
        if (device.belongsTo(call)) {
            steps.device(device, 0, Math.min(call.budgetMs(), ownMs));
        }
        if (steps.isEmpty()) {
            return reject(TargetVerdict.USER_UNREACHABLE);
        }
        return ring(
                TargetKind.NONE, device.device(), steps, TargetRef.NONE, TargetRef.NONE, call, null, call.budgetMs());
    }

    /**
     * What comes after an attempt that nobody took.
     *
     * @param elapsedMs how long it took.
     */
    public TargetPlan follow(
            final TargetPlan.Attempt attempt, final RingOutcome outcome, final int elapsedMs, final TargetCall call) {
        return switch (attempt) {
            case TargetPlan.Ring ring -> {
                final boolean busy = outcome == RingOutcome.BUSY;
                yield divert(
                        busy ? ring.onBusy() : ring.onNoAnswer(),
                        ring.kind() == TargetKind.RING_GROUP ? groupVerdict(outcome) : userVerdict(outcome),
                        call,
                        ring.path(),
                        DiversionReason.of(outcome),
                        left(ring.leftMs(), elapsedMs));
            }
            case TargetPlan.ToNumber number ->
                overflow(number.overflow(), outcome, number.path(), left(number.leftMs(), elapsedMs), call);
        };
    }

    /**
     * What comes after an external number that nobody took.
     *
     * @param target overflow of the forward, which may be {@link TargetRef#NONE}.
     * @param path targets that the call had passed.
     * @param leftMs what is left of the caller's budget.
     */
    public TargetPlan overflow(
            final TargetRef target,
            final RingOutcome outcome,
            final TargetPath path,
            final int leftMs,
            final TargetCall call) {
        return divert(
                target,
                outcome == RingOutcome.BUSY ? TargetVerdict.FORWARD_BUSY : TargetVerdict.FORWARD_NO_ANSWER,
                call,
                path,
                DiversionReason.of(outcome),
                leftMs);
    }

    /** What comes after waiting in a queue. */
    public TargetPlan follow(final TargetPlan.Wait wait, final QueueExit exit, final TargetCall call) {
        return switch (exit) {
            case TIMEOUT ->
                divert(
                        wait.queue().timeout(),
                        TargetVerdict.QUEUE_TIMEOUT,
                        call,
                        wait.path(),
                        DiversionReason.NO_ANSWER,
                        TargetCall.UNLIMITED);
            case NO_AGENTS ->
                divert(
                        wait.queue().noAgents(),
                        TargetVerdict.QUEUE_NO_AGENTS,
                        call,
                        wait.path(),
                        DiversionReason.UNAVAILABLE,
                        TargetCall.UNLIMITED);
        };
    }

    private TargetPlan next(
            final TargetRef target,
            final TargetCall call,
            final TargetPath before,
            final DiversionReason why,
            final int leftMs) {
        if (target.kind() == TargetKind.HANGUP) {
            return new TargetPlan.Reject(TargetVerdict.TARGET_HANGUP, target.sipCode(), 0);
        }
        if (target.kind() == TargetKind.FEATURE) {
            return feature(target, call);
        }
        if (!exists(target, call)) {
            tell(target, TargetStep.MISSING);
            return reject(TargetVerdict.TARGET_MISSING);
        }
        if (TargetPath.contains(before, target)) {
            tell(target, TargetStep.REPEATED);
            return reject(TargetVerdict.TARGET_LOOP);
        }
        if (TargetPath.full(before)) {
            tell(target, TargetStep.TOO_FAR);
            return new TargetPlan.Reject(TargetVerdict.TARGET_HOPS, 0, TargetPath.LENGTH_MAX);
        }
        final TargetPath path = TargetPath.add(before, target);
        final long high = target.idHigh();
        final long low = target.idLow();
        return switch (target.kind()) {
            case NONE, HANGUP, FEATURE ->
                throw new IllegalStateException("not a target to pass: kind=" + target.kind());
            case TRUNK -> taken(target, new TargetPlan.ToTrunk(source.trunk(high, low), why));
            case FLOW -> {
                tell(target, TargetStep.LEADS);
                yield new TargetPlan.ToFlow(high, low, target.variables(), path);
            }
            case USER -> user(source.user(high, low), call, path, leftMs);
            case EXTENSION -> extension(source.extension(high, low), call, path, why, leftMs);
            case RING_GROUP -> ringGroup(source.ringGroup(high, low), call, path, why, leftMs);
            case QUEUE -> queue(source.queue(high, low), call, path, why, leftMs);
            case FORWARD -> forward(source.forward(high, low), call, path, why, leftMs);
            case VOICEMAIL -> taken(target, voicemail(source.voicemail(high, low), call, why));
            case CONFERENCE -> taken(target, conference(source.conference(high, low), call));
            case PARKING -> taken(target, park(source.parkingLot(high, low), call));
            case PAGING -> taken(target, page(source.pagingGroup(high, low), call));
        };
    }

    /** In the seed's order: forward, do not disturb, busy, ring; where nothing is left, the caller is told why. */
    private TargetPlan user(final UserPlan user, final TargetCall call, final TargetPath path, final int leftMs) {
        if (!user.active()) {
            tell(path, TargetStep.DISABLED);
            return reject(TargetVerdict.USER_DISABLED);
        }
        if (exists(user.forwardAlways(), call)) {
            tell(path, TargetStep.FORWARDS);
            return next(user.forwardAlways(), call, path, DiversionReason.UNCONDITIONAL, leftMs);
        }
        final TargetRef onBusy = first(user.forwardBusy(), user.voicemail(), call);
        final TargetRef onNoAnswer = first(user.forwardNoAnswer(), user.voicemail(), call);
        if (user.user().doNotDisturb()) {
            tell(path, TargetStep.NOT_DISTURBED);
            return divert(onBusy, TargetVerdict.USER_NOT_DISTURBED, call, path, DiversionReason.DO_NOT_DISTURB, leftMs);
        }
        if (user.full(state)) {
            tell(path, TargetStep.BUSY);
            return divert(onBusy, TargetVerdict.USER_BUSY, call, path, DiversionReason.USER_BUSY, leftMs);
        }
        final RingSteps steps = new RingSteps(state);
        steps.user(user, 0, leftMs);
        if (steps.isEmpty()) {
            final RingOutcome outcome = nobodyRings(path, leftMs);
            return divert(onNoAnswer, userVerdict(outcome), call, path, DiversionReason.of(outcome), leftMs);
        }
        tell(path, TargetStep.RINGS);
        return ring(TargetKind.USER, user.user(), steps, onBusy, onNoAnswer, call, path, leftMs);
    }

    private TargetPlan extension(
            final ExtensionPlan extension,
            final TargetCall call,
            final TargetPath path,
            final DiversionReason why,
            final int leftMs) {
        if (!extension.active()) {
            tell(path, TargetStep.DISABLED);
            return reject(TargetVerdict.EXTENSION_DISABLED);
        }
        final TargetRef override = override(extension.hours(), call);
        tell(path, override.given() ? TargetStep.GIVES_WAY : TargetStep.LEADS_ON);
        return next(override.given() ? override : extension.target(), call, path, why, leftMs);
    }

    private TargetPlan ringGroup(
            final RingGroupPlan group,
            final TargetCall call,
            final TargetPath path,
            final DiversionReason why,
            final int leftMs) {
        final TargetRef override = override(group.hours(), call);
        if (override.given()) {
            tell(path, TargetStep.GIVES_WAY);
            return next(override, call, path, why, leftMs);
        }
        final RingSteps steps = new RingSteps(state);
        steps.group(group, source, call, leftMs);
        if (steps.isEmpty()) {
            final RingOutcome outcome = nobodyRings(path, leftMs);
            return divert(group.exit(), groupVerdict(outcome), call, path, DiversionReason.of(outcome), leftMs);
        }
        tell(path, TargetStep.RINGS);
        return ring(TargetKind.RING_GROUP, group.group(), steps, group.exit(), group.exit(), call, path, leftMs);
    }

    private TargetPlan queue(
            final QueuePlan plan,
            final TargetCall call,
            final TargetPath path,
            final DiversionReason why,
            final int leftMs) {
        final TargetRef override = override(plan.hours(), call);
        if (override.given()) {
            tell(path, TargetStep.GIVES_WAY);
            return next(override, call, path, why, leftMs);
        }
        return switch (QueueJoin.of(plan, state)) {
            case FULL -> {
                tell(path, TargetStep.FULL);
                yield exists(plan.queueFull(), call)
                        ? next(plan.queueFull(), call, path, DiversionReason.USER_BUSY, leftMs)
                        : new TargetPlan.Reject(
                                TargetVerdict.QUEUE_FULL, 0, plan.queue().maxQueued());
            }
            case NO_AGENTS -> {
                tell(path, TargetStep.NO_AGENTS);
                yield exists(plan.noAgents(), call)
                        ? next(plan.noAgents(), call, path, DiversionReason.UNAVAILABLE, leftMs)
                        : wait(plan, call, path);
            }
            case LONG_WAIT -> {
                tell(path, TargetStep.LONG_WAIT);
                yield exists(plan.longWait(), call)
                        ? next(plan.longWait(), call, path, DiversionReason.USER_BUSY, leftMs)
                        : wait(plan, call, path);
            }
            case OPEN -> wait(plan, call, path);
        };
    }

    private TargetPlan wait(final QueuePlan plan, final TargetCall call, final TargetPath path) {
        final TrunkPlan trunk = mediaTrunk(call);
        tell(path, trunk == null ? TargetStep.NEEDS_MEDIA : TargetStep.WAITS);
        if (trunk == null) {
            return needsMedia(TargetKind.QUEUE);
        }
        final TargetPlan.ToMedia music = new MediaAddress(call.account(), trunk)
                .announcement(
                        TargetKind.QUEUE,
                        plan.queue().id(),
                        ownMedia(plan.queue().mohMediaId(), call),
                        true,
                        plan.queue().language());
        final int most = plan.queue().maxWaitSec();
        return new TargetPlan.Wait(plan, music, most < 0 ? TargetCall.UNLIMITED : most * SECOND_MS, path);
    }

    private TargetPlan forward(
            final ForwardPlan plan,
            final TargetCall call,
            final TargetPath path,
            final DiversionReason why,
            final int leftMs) {
        final Forward forward = plan.forward();
        final boolean cannotAsk = forward.confirm() && mediaTrunk(call) == null;
        if (cannotAsk && !exists(plan.overflow(), call)) {
            tell(path, TargetStep.NEEDS_MEDIA);
            return needsMedia(TargetKind.FORWARD);
        }
        final int ringMs = Math.min(leftMs, forward.timeoutSec() * SECOND_MS);
        if (cannotAsk || ringMs <= 0) {
            tell(path, cannotAsk ? TargetStep.NEEDS_MEDIA : TargetStep.NO_TIME);
            return divert(
                    plan.overflow(), TargetVerdict.FORWARD_NO_ANSWER, call, path, DiversionReason.NO_ANSWER, leftMs);
        }
        tell(path, TargetStep.SENDS_OUT);
        return new TargetPlan.ToNumber(
                forward.id().high(),
                forward.id().low(),
                forward.number(),
                forward.callerIdMode(),
                forward.callerIdNumber(),
                ringMs,
                forward.confirm(),
                plan.overflow(),
                leftMs,
                path,
                why == null ? DiversionReason.UNCONDITIONAL : why);
    }

    private TargetPlan voicemail(final VoicemailBox box, final TargetCall call, final DiversionReason why) {
        final TrunkPlan trunk = mediaTrunk(call);
        return trunk == null
                ? needsMedia(TargetKind.VOICEMAIL)
                : new MediaAddress(call.account(), trunk).deposit(box.id(), mailboxCause(why));
    }

    private TargetPlan conference(final Conference room, final TargetCall call) {
        final TrunkPlan trunk = mediaTrunk(call);
        if (trunk == null) {
            return needsMedia(TargetKind.CONFERENCE);
        }
        final int members =
                state.membersOfConference(room.id().high(), room.id().low());
        if (room.maxMembers() >= 0 && members >= room.maxMembers()) {
            return new TargetPlan.Reject(TargetVerdict.CONFERENCE_FULL, 0, room.maxMembers());
        }
        return new MediaAddress(call.account(), trunk).mixer(TargetKind.CONFERENCE, room.id());
    }

    private TargetPlan park(final ParkingLot lot, final TargetCall call) {
        final TrunkPlan trunk = mediaTrunk(call);
        final TargetPlan.ToMedia music = trunk == null
                ? null
                : new MediaAddress(call.account(), trunk)
                        .announcement(TargetKind.PARKING, lot.id(), ownMedia(lot.mohMediaId(), call), true, "");
        return new TargetPlan.Park(lot, TargetRef.of(lot.timeout()), music);
    }

    private TargetPlan page(final PagingGroup group, final TargetCall call) {
        final TrunkPlan trunk = mediaTrunk(call);
        if (trunk == null) {
            return needsMedia(TargetKind.PAGING);
        }
        final RingSteps steps = new RingSteps(state);
        steps.paged(group.members(), source, call);
        return new TargetPlan.Page(
                new MediaAddress(call.account(), trunk).mixer(TargetKind.PAGING, group.id()),
                steps.ordered(),
                group.duplex());
    }

    private TargetPlan feature(final TargetRef target, final TargetCall call) {
        final FeatureCode code = FeatureCode.of(target.feature());
        if (code == null) {
            return reject(TargetVerdict.TARGET_MISSING);
        }
        if (call.caller() == null) {
            return reject(TargetVerdict.FEATURE_WITHOUT_USER);
        }
        if (code != FeatureCode.VOICEMAIL_OWN && code != FeatureCode.VOICEMAIL_ANY) {
            return new TargetPlan.Feature(code, code.argument(target.feature()));
        }
        final TargetRef box = call.caller().voicemail();
        if (code == FeatureCode.VOICEMAIL_OWN && !exists(box, call)) {
            return reject(TargetVerdict.TARGET_MISSING);
        }
        final TrunkPlan trunk = mediaTrunk(call);
        if (trunk == null) {
            return needsMedia(TargetKind.VOICEMAIL);
        }
        return new MediaAddress(call.account(), trunk)
                .retrieve(
                        code == FeatureCode.VOICEMAIL_ANY ? ResourceId.NIL : new ResourceId(box.idHigh(), box.idLow()));
    }

    private TargetPlan ring(
            final TargetKind kind,
            final Resource called,
            final RingSteps steps,
            final TargetRef onBusy,
            final TargetRef onNoAnswer,
            final TargetCall call,
            final TargetPath path,
            final int leftMs) {
        return new TargetPlan.Ring(
                kind,
                called.id().high(),
                called.id().low(),
                steps.ordered(),
                steps.endMs(),
                call.caller() == null ? null : call.caller().identity(),
                onBusy,
                onNoAnswer,
                leftMs,
                path);
    }

    /** Goes to a target if it exists, else tells the caller why he got nowhere. */
    private TargetPlan divert(
            final TargetRef target,
            final TargetVerdict otherwise,
            final TargetCall call,
            final TargetPath path,
            final DiversionReason why,
            final int leftMs) {
        return exists(target, call) ? next(target, call, path, why, leftMs) : reject(otherwise);
    }

    /** The target for these hours, if there is one that exists; a mistake never strands a call (N-066). */
    private TargetRef override(final HoursPlan hours, final TargetCall call) {
        final HoursVerdict verdict = hours.at(source, call.wallMs());
        if (trace.listens() && verdict != HoursVerdict.NO_SCHEDULE) {
            final SchedulePlan schedule = source.schedule(hours.scheduleHigh(), hours.scheduleLow());
            trace.onHours(
                    hours.scheduleHigh(),
                    hours.scheduleLow(),
                    verdict,
                    schedule == null ? OpeningBasis.NO_RULE : schedule.basis(call.wallMs()));
        }
        final TargetRef override = hours.override(verdict);
        return exists(override, call) ? override : TargetRef.NONE;
    }

    private void tell(final TargetRef target, final TargetStep step) {
        if (trace.listens()) {
            trace.onTarget(target.kind(), target.idHigh(), target.idLow(), step);
        }
    }

    /** The same of the last target of a way. */
    private void tell(final TargetPath place, final TargetStep step) {
        if (trace.listens()) {
            trace.onTarget(place.kind(), place.idHigh(), place.idLow(), step);
        }
    }

    /** The same of a target behind which there is no other. */
    private TargetPlan taken(final TargetRef target, final TargetPlan plan) {
        if (trace.listens()) {
            tell(
                    target,
                    !(plan instanceof TargetPlan.Reject reject)
                            ? TargetStep.TAKES
                            : reject.verdict() == TargetVerdict.CONFERENCE_FULL
                                    ? TargetStep.FULL
                                    : TargetStep.NEEDS_MEDIA);
        }
        return plan;
    }

    private TargetRef first(final TargetRef one, final TargetRef other, final TargetCall call) {
        return exists(one, call) ? one : other;
    }

    private TrunkPlan mediaTrunk(final TargetCall call) {
        final TrunkPlan trunk =
                source.trunk(call.account().mediaTrunkHigh(), call.account().mediaTrunkLow());
        return trunk != null && trunk.active() && trunk.takesCalls() ? trunk : null;
    }

    private Media ownMedia(final ResourceId id, final TargetCall call) {
        final Media media = id.isNil() ? null : source.media(id.high(), id.low());
        return owned(media, call) ? media : null;
    }

    private static boolean owned(final Resource resource, final TargetCall call) {
        return resource != null && call.owns(resource.accountId());
    }

    /** What is left of a budget. */
    public static int left(final int leftMs, final int elapsedMs) {
        return leftMs == TargetCall.UNLIMITED ? leftMs : Math.max(0, leftMs - elapsedMs);
    }

    /** Why nobody rings: for want of time, or of devices. */
    private RingOutcome nobodyRings(final TargetPath path, final int leftMs) {
        tell(path, leftMs > 0 ? TargetStep.UNREACHABLE : TargetStep.NO_TIME);
        return leftMs > 0 ? RingOutcome.UNREACHABLE : RingOutcome.NO_ANSWER;
    }

    /** Why a call comes to a mailbox (RFC 4458 section 3): no word for do-not-disturb, 0 if it was called by itself. */
    private static int mailboxCause(final DiversionReason why) {
        if (why == null) {
            return 0;
        }
        return why == DiversionReason.DO_NOT_DISTURB ? DiversionReason.USER_BUSY.cause() : why.cause();
    }

    private static TargetVerdict userVerdict(final RingOutcome outcome) {
        return switch (outcome) {
            case BUSY -> TargetVerdict.USER_BUSY;
            case NO_ANSWER -> TargetVerdict.USER_NO_ANSWER;
            case UNREACHABLE -> TargetVerdict.USER_UNREACHABLE;
        };
    }

    private static TargetVerdict groupVerdict(final RingOutcome outcome) {
        return switch (outcome) {
            case BUSY -> TargetVerdict.GROUP_BUSY;
            case NO_ANSWER -> TargetVerdict.GROUP_NO_ANSWER;
            case UNREACHABLE -> TargetVerdict.GROUP_UNREACHABLE;
        };
    }

    private static TargetPlan needsMedia(final TargetKind kind) {
        return new TargetPlan.Reject(TargetVerdict.TARGET_NEEDS_MEDIA, 0, kind.code());
    }

    private static TargetPlan reject(final TargetVerdict verdict) {
        return new TargetPlan.Reject(verdict, 0, 0);
    }
}
