package io.tandem.routing.configuration;

import io.tandem.routing.model.Account;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.model.TrunkDirection;
import io.tandem.routing.transform.TransformPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything of an import but the numbers, and what has to hold between its parts. */
final class ImportedResources {
    /** Rows that add an address block to a trunk. */
    static final String TRUNK_ACLS = "trunk-acls";

    private final TreeMap<ResourceId, Account> accounts = new TreeMap<>();
    private final TreeMap<ResourceId, Trunk> trunks = new TreeMap<>();
    private final TreeMap<ResourceId, Schedule> schedules = new TreeMap<>();
    private final TreeMap<ResourceId, NumberTransform> transforms = new TreeMap<>();
    private final Map<ResourceId, Fields> accountFields = new LinkedHashMap<>();
    private final Map<String, Integer> transformCounts = new LinkedHashMap<>();
    private final Map<ResourceId, List<String>> aclRows = new LinkedHashMap<>();

    void add(final Account account, final Fields fields) {
        accounts.putIfAbsent(account.id(), account);
        accountFields.putIfAbsent(account.id(), fields);
    }

    void add(final Trunk trunk) {
        trunks.putIfAbsent(trunk.id(), trunk);
    }

    void add(final Schedule schedule) {
        schedules.putIfAbsent(schedule.id(), schedule);
    }

    void add(final NumberTransform transform, final Fields fields) {
        if (transform.scope() == null
                || transform.direction() == null
                || transform.matchRegex().isEmpty()) {
            return;
        }
        final String wrong = TransformPlan.problem(transform);
        if (wrong != null) {
            final int colon = wrong.indexOf(':');
            fields.refuse(wrong.substring(0, colon), wrong.substring(colon + 1), "see docs/configuration-model.md");
        }
        if (transforms.putIfAbsent(transform.id(), transform) != null) {
            fields.refuse("match_regex", "stands twice for the same scope, direction and ordering", "remove one line");
        }
        final String chain = transform.scopeId().ulid() + transform.direction();
        if (transformCounts.merge(chain, 1, Integer::sum) == TransformPlan.RULES_MAX + 1) {
            fields.refuse(
                    "scope_id",
                    "must have at most " + TransformPlan.RULES_MAX + " transforms of one direction",
                    "merge some");
        }
    }

    /** A row that adds one address block to a trunk. */
    void addAclRow(final Fields fields) {
        final ResourceId account = fields.reference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final ResourceId trunk = fields.requiredReference("trunk_id", ResourceKind.TRUNKS, account);
        final String cidr = fields.required("cidr");
        if (!cidr.isEmpty()) {
            Trunk.checkRange(fields, "cidr", cidr);
        }
        fields.finish();
        final List<String> rows = aclRows.computeIfAbsent(trunk, id -> new ArrayList<>());
        rows.add(cidr);
        if (rows.size() == Trunk.ACL_MAX + 1) {
            fields.refuse("trunk_id", "must have at most " + Trunk.ACL_MAX + " blocks", "merge neighbouring blocks");
        }
    }

    /** Cycles, depth, domains and default targets of accounts, once all of them are there. */
    void checkAccounts() {
        final Map<String, ResourceId> domains = new LinkedHashMap<>();
        accounts.forEach((id, account) -> {
            final Fields fields = accountFields.get(id);
            checkDepth(account, fields);
            checkTarget(account.numberDefault(), "did_default_", fields);
            if (!account.brandDomain().isEmpty() && domains.putIfAbsent(account.brandDomain(), id) != null) {
                fields.refuse("brand_domain", "is given to two accounts", "make it unique");
            }
        });
    }

    /** What a number's targets have to hold beyond their spelling. */
    void checkTargets(final PhoneNumber number, final Fields fields) {
        checkTarget(number.target(), "", fields);
        checkTarget(number.closedTarget(), "closed_", fields);
        checkTarget(number.holidayTarget(), "holiday_", fields);
        final Account account = accounts.get(number.accountId());
        if (account != null
                && number.target().kind() == TargetKind.NONE
                && !fields.given("dest_kind")
                && account.numberDefault().kind() == TargetKind.NONE) {
            fields.refuse(
                    "dest_kind",
                    "is required, since the account has no did_default_dest_kind",
                    "give it here or at the account");
        }
    }

    void writeTo(final ConfigurationWriter writer) {
        accounts.forEach((id, account) -> writer.resource(ResourceKind.ACCOUNTS, id.high(), id.low(), account.json()));
        trunks.forEach((id, trunk) -> writer.resource(
                ResourceKind.TRUNKS,
                id.high(),
                id.low(),
                trunk.withAcl(aclRows.getOrDefault(id, List.of())).json()));
        schedules.forEach(
                (id, schedule) -> writer.resource(ResourceKind.SCHEDULES, id.high(), id.low(), schedule.json()));
        transforms.forEach((id, transform) ->
                writer.resource(ResourceKind.NUMBER_TRANSFORMS, id.high(), id.low(), transform.json()));
    }

    private void checkDepth(final Account account, final Fields fields) {
        Account above = account;
        for (int depth = 1; above != null && !above.parentId().isNil(); depth++) {
            if (above.parentId().equals(account.id())) {
                fields.refuse("parent_id", "leads back to the account itself", "break the circle");
                return;
            }
            if (depth == Account.DEPTH_MAX) {
                fields.refuse(
                        "parent_id", "must have at most " + Account.DEPTH_MAX + " accounts in a chain", "flatten it");
                return;
            }
            above = accounts.get(above.parentId());
        }
    }

    private void checkTarget(final RouteTarget target, final String prefix, final Fields fields) {
        final Trunk trunk = target.kind() == TargetKind.TRUNK ? trunks.get(target.id()) : null;
        if (trunk != null && trunk.direction() == TrunkDirection.INBOUND) {
            fields.refuse(
                    prefix + "dest_id", "names a trunk that takes no calls", "give it direction both or outbound");
        }
    }
}
