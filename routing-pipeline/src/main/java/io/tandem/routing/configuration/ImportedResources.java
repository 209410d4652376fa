package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.Resources;
import io.tandem.routing.model.Trunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Everything of an import but the numbers: kept as its lines, and read from them whenever it is asked for. One thread. */
final class ImportedResources implements Resources {
    /** Rows that add an address block to a trunk. */
    static final String TRUNK_ACLS = "trunk-acls";

    /** Resources that were read last: neighbouring lines ask for the same. */
    private static final int READ_KEPT = 8192;

    private final ImportLines lines;
    private final ImportDirectory directory;
    private final IndexBuilder index;
    private final Map<ResourceId, List<String>> aclRows = new LinkedHashMap<>();
    private final Resource[] read = new Resource[READ_KEPT];
    private final int[] readLines = new int[READ_KEPT];

    /** Resources of some lines, as far as the directory knows them. */
    ImportedResources(final ImportLines lines, final ImportDirectory directory, final IndexBuilder index) {
        this.lines = lines;
        this.directory = directory;
        this.index = index;
    }

    /** Notes what the resource on a line refers to, unless another line has its identifier. */
    void add(final ResourceKind kind, final int line, final Resource resource, final Fields fields) {
        if (directory.line(kind, resource.id()) == line) {
            index.add(kind, resource, fields.found(), fields.times().createdUs());
        }
    }

    /** Notes what a number refers to. */
    void addNumber(final Resource number, final Fields fields) {
        index.add(ResourceKind.NUMBERS, number, fields.found(), fields.times().createdUs());
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
        final int line = directory.line(kind, id);
        if (line == ImportDirectory.NOWHERE) {
            return null;
        }
        final int place = line & (READ_KEPT - 1);
        if (read[place] == null || readLines[place] != line) {
            read[place] = kind.read(lines.get(line).quietly(directory));
            readLines[place] = line;
        }
        return read[place];
    }

    @Override
    public Iterable<Resource> referring(
            final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        final IdList ids = index.referrers(kind, targetKind, target);
        return ids == null
                ? List.of()
                : () -> IntStream.range(0, ids.count())
                        .mapToObj(i -> find(kind, new ResourceId(ids.high(i), ids.low(i))))
                        .iterator();
    }

    @Override
    public long referrerCount(final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
        return index.referrerCount(kind, targetKind, target);
    }

    void writeTo(final ConfigurationWriter writer) {
        for (final ResourceKind kind : ResourceKind.values()) {
            final IdList ids = directory.ids(kind);
            for (int i = 0; i < ids.count(); i++) {
                final Fields fields = lines.get(directory.line(kind, new ResourceId(ids.high(i), ids.low(i))))
                        .quietly(directory);
                final Resource resource = kind.read(fields);
                writer.resource(
                        kind,
                        ids.high(i),
                        ids.low(i),
                        fields.times().appendTo(withAclRows(resource).json()));
            }
        }
        index.writeTo(writer::index);
    }

    private Resource withAclRows(final Resource resource) {
        return resource instanceof Trunk trunk ? trunk.withAcl(aclRows.getOrDefault(trunk.id(), List.of())) : resource;
    }
}
