package io.tandem.routing.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A collection of resources, named as in the HTTP API. The codes go to disk: never renumber. */
public enum ResourceKind {
    /** Tenants and their resellers. */
    ACCOUNTS(1, "accounts", "acc_", Account::read),
    /** External numbers. */
    NUMBERS(2, "numbers", "did_", PhoneNumber::read),
    /** Peers that calls come from and go to. */
    TRUNKS(3, "trunks", "tr_", Trunk::read),
    /** Business hours. */
    SCHEDULES(4, "schedules", "sch_", Schedule::read),
    /** Rewriting rules for numbers. */
    NUMBER_TRANSFORMS(5, "number-transforms", "xf_", NumberTransform::read),
    /** Realms that accounts answer on. */
    DOMAINS(6, "domains", "dom_", Domain::read),
    /** People and agents. */
    USERS(7, "users", "us_", User::read),
    /** What registers for a user. */
    DEVICES(8, "devices", "dev_", Device::read),
    /** Short codes within an account. */
    EXTENSIONS(9, "extensions", "ext_", Extension::read),
    /** Call flows. */
    FLOWS(10, "flows", "flow_", Flow::read),
    /** Users and devices that ring together or in turn. */
    RING_GROUPS(11, "ring-groups", "rg_", RingGroup::read),
    /** Waiting queues for agents. */
    QUEUES(12, "queues", "q_", Queue::read),
    /** Voicemail boxes. */
    VOICEMAIL_BOXES(13, "voicemail-boxes", "vm_", VoicemailBox::read),
    /** Conference rooms. */
    CONFERENCES(14, "conferences", "conf_", Conference::read),
    /** External call forwards. */
    FORWARDS(15, "forwards", "fwd_", Forward::read),
    /** Parking lots. */
    PARKING_LOTS(16, "parking-lots", "park_", ParkingLot::read),
    /** Intercom groups. */
    PAGING_GROUPS(17, "paging-groups", "page_", PagingGroup::read),
    /** Which way calls leave. */
    OUTBOUND_ROUTES(18, "outbound-routes", "route_", OutboundRoute::read),
    /** Most calls in a period. */
    CALL_LIMITS(19, "policies/call-limits", "lim_", CallLimit::read),
    /** Which number is shown where. */
    CALLER_ID_RULES(20, "policies/caller-id-rules", "cidr_", CallerIdRule::read),
    /** Addresses and countries that may or may not call. */
    ACL_RULES(21, "policies/acl-rules", "acl_", AclRule::read),
    /** Which calls are recorded. */
    RECORDING_RULES(22, "policies/recording-rules", "rec_", RecordingRule::read),
    /** Numbers that must not be called, may not call, or are not recorded. */
    PHONE_LISTS(23, "policies/phone-lists", "pl_", PhoneList::read),
    /** Countries that may or may not be called. */
    GEO_POLICIES(24, "policies/geo-policies", "geo_", GeoPolicy::read),
    /** Prompts, greetings and music. */
    MEDIA(25, "media", "media_", Media::read),
    /** Media in order. */
    MEDIA_PLAYLISTS(26, "media-playlists", "mpl_", MediaPlaylist::read),
    /** Keys of the HTTP API. */
    API_KEYS(27, "api-keys", "key_", ApiKey::read);

    private static final ResourceKind[] BY_CODE = new ResourceKind[28];

    static {
        for (final ResourceKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final String collection;
    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // references to methods without state
    private final Function<Fields, Resource> reader;

    ResourceKind(
            final int code, final String collection, final String prefix, final Function<Fields, Resource> reader) {
        this.code = code;
        this.collection = collection;
        this.prefix = prefix;
        this.reader = reader;
    }

    /** Reads a resource of this kind and reports what is wrong with it. */
    public Resource read(final Fields fields) {
        return reader.apply(fields);
    }

    /** The field that {@code name:} references go by. */
    public String nameField() {
        return switch (this) {
            case NUMBERS -> "e164";
            case DOMAINS -> "domain";
            case USERS -> "username";
            case DEVICES -> "auth_username";
            case EXTENSIONS -> "digits";
            default -> "name";
        };
    }

    /** What a resource of this kind takes, field by field, in the order in which they are read. */
    public List<FieldRule> fields() {
        return Fields.describe(this);
    }

    /** Number on disk. */
    public int code() {
        return code;
    }

    /** Name of the collection in paths and import files, such as {@code number-transforms}. */
    public String collection() {
        return collection;
    }

    /** What the identifiers begin with, such as {@code did_}. */
    public String prefix() {
        return prefix;
    }

    /**
     * Kinds in the order in which the names of a file are entered: each derives its identifiers and names from such as stand
     * before it. Transforms come last, since they are told apart by what they belong to.
     */
    public static List<ResourceKind> inOrderOfNaming() {
        return Stream.concat(
                        Arrays.stream(values()).filter(kind -> kind != NUMBER_TRANSFORMS), Stream.of(NUMBER_TRANSFORMS))
                .toList();
    }

    /** The kind with a {@link #code()}, or null. */
    public static ResourceKind ofCode(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The kind of a {@link #collection()}, or null. */
    public static ResourceKind ofCollection(final String collection) {
        for (final ResourceKind kind : values()) {
            if (kind.collection.equals(collection)) {
                return kind;
            }
        }
        return null;
    }
}
