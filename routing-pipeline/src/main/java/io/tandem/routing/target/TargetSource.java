package io.tandem.routing.target;

import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.Conference;
import io.tandem.routing.model.Media;
import io.tandem.routing.model.PagingGroup;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.VoicemailBox;
import io.tandem.routing.schedule.SchedulePlan;

/**
 * One revision of everything that targets name, compiled. Every look-up answers null for what does not exist. Core's thread;
 * deterministic, and without allocating for what was asked for before.
 */
public interface TargetSource {
    /** A user with its devices. */
    UserPlan user(long idHigh, long idLow);

    /** The user of a name within an account. */
    UserPlan userNamed(long accountHigh, long accountLow, CharSequence username);

    /** A device. */
    DevicePlan device(long idHigh, long idLow);

    /** The device of a user name that it authenticates with in a realm. */
    DevicePlan deviceNamed(CharSequence authUsername, CharSequence realm);

    /** An extension. */
    ExtensionPlan extension(long idHigh, long idLow);

    /** The extension of some digits within an account. */
    ExtensionPlan extensionDialled(long accountHigh, long accountLow, CharSequence digits);

    /** A ring group. */
    RingGroupPlan ringGroup(long idHigh, long idLow);

    /** A queue. */
    QueuePlan queue(long idHigh, long idLow);

    /** A forward. */
    ForwardPlan forward(long idHigh, long idLow);

    /** A voicemail box. */
    VoicemailBox voicemail(long idHigh, long idLow);

    /** A conference room. */
    Conference conference(long idHigh, long idLow);

    /** A parking lot. */
    ParkingLot parkingLot(long idHigh, long idLow);

    /** A paging group. */
    PagingGroup pagingGroup(long idHigh, long idLow);

    /** A piece of media. */
    Media media(long idHigh, long idLow);

    /** A trunk. */
    TrunkPlan trunk(long idHigh, long idLow);

    /** A schedule. */
    SchedulePlan schedule(long idHigh, long idLow);

    /** Whether a flow exists and is published. */
    boolean flowPublished(long idHigh, long idLow);
}
