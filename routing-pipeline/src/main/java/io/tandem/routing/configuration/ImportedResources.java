package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Reference;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.Resources;
import io.tandem.routing.model.StoredTimes;
import io.tandem.routing.model.Trunk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything of an import but the numbers. */
final class ImportedResources implements Resources {
    /** Rows that add an address block to a trunk. */
    static final String TRUNK_ACLS = "trunk-acls";

    private final Map<ResourceKind, TreeMap<ResourceId, Resource>> byKind = new EnumMap<>(ResourceKind.class);
    private final Map<ResourceId, List<String>> aclRows = new LinkedHashMap<>();
    private final Map<ResourceKind, Map<ResourceId, StoredTimes>> times = new EnumMap<>(ResourceKind.class);
    private final IndexBuilder index = new IndexBuilder();

    /** Adds a resource unless there is one of its identifier. */
    void add(
            final ResourceKind kind,
            final Resource resource,
            final List<Reference> references,
            final StoredTimes stored) {
        if (!stored.equals(StoredTimes.UNKNOWN)) {
            times.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(resource.id(), stored);
        }
        if (byKind.computeIfAbsent(kind, k -> new TreeMap<>()).putIfAbsent(resource.id(), resource) == null) {
            index.add(kind, resource, references);
        }
    }

    /** Notes what a number refers to. */
    void addNumber(final Resource number, final List<Reference> references) {
        index.add(ResourceKind.NUMBERS, number, references);
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

    @Override
    public Resource find(final ResourceKind kind, final ResourceId id) {
        final TreeMap<ResourceId, Resource> byId = byKind.get(kind);
        return byId == null ? null : byId.get(id);
    }

    @Override
    public Iterable<Resource> referring(
            final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final IdList ids = index.referrers(kind, targetKind, target);
        final List<Resource> resources = new ArrayList<>();
        for (int i = 0; ids != null && i < ids.count(); i++) {
            resources.add(find(kind, new ResourceId(ids.high(i), ids.low(i))));
        }
        return resources;
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return index.referrerCount(kind, targetKind, target);
    }

    /** Entries of the index. */
    long indexEntries() {
        return index.entryCount();
    }

    void writeTo(final ConfigurationWriter writer) {
        byKind.forEach((kind, byId) -> byId.forEach((id, resource) ->
                writer.resource(
                        kind,
                        id.high(),
                        id.low(),
                        times.getOrDefault(kind, Map.of())
                                .getOrDefault(id, StoredTimes.UNKNOWN)
                                .appendTo(withAclRows(resource).json()))));
        index.writeTo(writer::index);
    }

    private Resource withAclRows(final Resource resource) {
        return resource instanceof Trunk trunk
                ? trunk.withAcl(aclRows.getOrDefault(trunk.id(), List.of()))
                : resource;
    }
}
