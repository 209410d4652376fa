package io.tandem.perf.population;

import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.Edit;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of single resources of a {@link Population}, drawn by a seed: three of five of a number, the others of a user, an
 * extension, a device, an account, and now and then of a trunk or a range of numbers. One thread.
 */
final class PopulationChanges {
    private static final int KINDS = 10;
    private static final int TRUNK_EVERY = 97;
    private static final int RANGE_EVERY = 89;
    private static final int RANGE_NUMBERS = 100;

    private final PopulationSize size;
    private final SplittableRandom random;
    private final String pbx;
    private int made;
    private long number;

    /**
     * Changes of what a generation holds.
     *
     * @throws IllegalArgumentException if it holds no population.
     */
    PopulationChanges(final Configuration generation, final PopulationSize size, final long seed) {
        this.size = size;
        final ResourceId platform = generation.findNamed(
                new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, Population.PLATFORM));
        final ResourceId trunk = platform == null
                ? null
                : generation.findNamed(UniqueName.within(ResourceKind.TRUNKS, platform, Population.PBX));
        if (trunk == null) {
            throw new IllegalArgumentException("generation holds no population: name=" + generation.name());
        }
        pbx = "\"trunk\",\"%s_id\":\"" + trunk.prefixed(ResourceKind.TRUNKS) + "\"";
        random = new SplittableRandom(seed);
    }

    /** The next one. */
    ChangeRequest next() {
        final String label = "change " + ++made;
        final int account = random.nextInt(size.accounts());
        final int users = size.first(account + 1, size.users()) - size.first(account, size.users());
        final int numbers = size.first(account + 1, size.numbers()) - size.first(account, size.numbers());
        final int user = Population.FIRST_EXTENSION + random.nextInt(Math.max(1, users));
        number = Population.FIRST_NUMBER + size.first(account, size.numbers()) + random.nextInt(Math.max(1, numbers));
        if (made % TRUNK_EVERY == 0) {
            return change(
                    label,
                    ResourceKind.TRUNKS,
                    "\"account_id\":\"name:platform\",\"name\":\"pbx\",\"direction\":\"outbound\",\"proxy\":\"127.0.0.3:5080\","
                            + "\"max_channels\":" + made);
        }
        final String owner = "\"account_id\":\"name:a" + account + "\",";
        if (made % RANGE_EVERY == 0) {
            final long first = Population.FIRST_OF_RANGES + (long) account * RANGE_NUMBERS;
            return change(
                    label,
                    ResourceKind.NUMBERS,
                    owner + "\"e164\":\"" + first + ".." + (first + RANGE_NUMBERS - 1) + "\",\"label\":\"" + label
                            + "\",\"dest_kind\":" + pbx.formatted("dest"));
        }
        final int kind = made % KINDS;
        if (kind == 0) {
            return change(
                    label,
                    ResourceKind.ACCOUNTS,
                    "\"name\":\"a" + account + "\",\"parent_id\":\"name:platform\",\"max_in\":" + made);
        }
        if (kind <= 3 && users > 0) {
            return switch (kind) {
                case 1 ->
                    change(
                            label,
                            ResourceKind.USERS,
                            owner + "\"username\":\"u" + user + "\",\"display_name\":\"" + label + "\","
                                    + "\"fwd_noanswer_kind\":" + pbx.formatted("fwd_noanswer"));
                case 2 ->
                    change(
                            label,
                            ResourceKind.EXTENSIONS,
                            owner + "\"digits\":\"" + user + "\",\"label\":\"" + label
                                    + "\",\"dest_kind\":\"user\",\"dest_id\":\"name:u" + user + "\"");
                default ->
                    change(
                            label,
                            size.devices() > 0 ? ResourceKind.DEVICES : ResourceKind.USERS,
                            size.devices() > 0
                                    ? owner + "\"user_id\":\"name:u" + user + "\",\"auth_username\":\"u" + user
                                            + "-0\",\"realm\":\"a" + account + ".example.com\"," + Population.HASH
                                            + ",\"label\":\"" + label + "\""
                                    : owner + "\"username\":\"u" + user + "\",\"display_name\":\"" + label + "\","
                                            + "\"fwd_noanswer_kind\":" + pbx.formatted("fwd_noanswer"));
            };
        }
        return change(
                label,
                ResourceKind.NUMBERS,
                owner + "\"e164\":\"" + number + "\",\"label\":\"" + label + "\"," + "\"dest_kind\":"
                        + pbx.formatted("dest"));
    }

    /** A number of the account that the last change was about. */
    long number() {
        return number;
    }

    private static ChangeRequest change(final String label, final ResourceKind kind, final String fields) {
        final byte[] json = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        final ObjectNode object = ResourceReader.object(json, 0, json.length);
        return new ChangeRequest("bench", label, List.of(new Edit(kind, null, object, "", false)));
    }
}
