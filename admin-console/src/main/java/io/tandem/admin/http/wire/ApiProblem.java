package io.tandem.admin.http.wire;

import io.tandem.routing.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a request is not granted; a dialect gives it its shape. Carries no stack trace. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem about the path of the request. */
    public static final String PATH = "path";

    /** A problem about an identifier in the path. */
    public static final String ID = "id";

    private final int status;
    private final transient List<Problem> errors = new ArrayList<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient List<String> referrers = new ArrayList<>();
    private String mend = "";
    private String scope = "";
    private String about = "";
    private long referrerCount;

    /**
     * A problem.
     *
     * @param detail as "what: name=value name=value".
     */
    public ApiProblem(final int status, final String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    /** A field that is wrong: 400. */
    public static ApiProblem field(final String field, final String value, final String rule, final String mend) {
        return new ApiProblem(400, "the request has wrong fields")
                .errors(List.of(new Problem(0, "", field, value, rule, mend)));
    }

    /** There is no such thing, or none that the caller may know of. */
    public static ApiProblem notFound(final String what) {
        return new ApiProblem(404, what + " is not there").mend("list its collection to see what is");
    }

    /** Names what it is about, for dialects that have a word of their own for that: {@link #PATH}, {@link #ID}, a collection. */
    public ApiProblem about(final String what) {
        about = what;
        return this;
    }

    /** What it is about, or an empty text. */
    String about() {
        return about;
    }

    /** Adds how to mend it. */
    public ApiProblem mend(final String how) {
        mend = how;
        return this;
    }

    /** Adds what is wrong field by field. */
    public ApiProblem errors(final List<Problem> more) {
        errors.addAll(more);
        return this;
    }

    /** The same for a client that wrote only a part: fields are named within it. */
    public ApiProblem within(final String part) {
        errors.replaceAll(error -> error.field().startsWith(part)
                ? new Problem(
                        error.line(),
                        error.resource(),
                        error.field().substring(part.length()),
                        error.value(),
                        error.rule(),
                        error.mend())
                : error);
        return this;
    }

    /** Adds a header of the answer. */
    public ApiProblem header(final String name, final String value) {
        headers.put(name, value);
        return this;
    }

    /** Has the connection closed behind the answer: the rest of the request is not read. */
    public ApiProblem closing() {
        return header("Connection", "close");
    }

    /** Names the scope that is missing. */
    public ApiProblem scope(final String missing) {
        scope = missing;
        return this;
    }

    /** Names what stands in the way of a deletion. */
    public ApiProblem referrers(final List<String> first, final long count) {
        referrers.addAll(first);
        referrerCount = count;
        return this;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong, in a sentence. */
    public String detail() {
        return getMessage();
    }

    /** How to mend it; may be empty. */
    public String mend() {
        return mend;
    }

    /** Scope that is missing; empty when none is. */
    public String scope() {
        return scope;
    }

    /** Wrong fields. */
    public List<Problem> errors() {
        return List.copyOf(errors);
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return java.util.Collections.unmodifiableMap(headers);
    }

    /** The first things that refer to what was to be deleted. */
    public List<String> referrers() {
        return List.copyOf(referrers);
    }

    /** How many there are. */
    public long referrerCount() {
        return referrerCount;
    }
}
