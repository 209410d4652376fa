package io.tandem.admin.http.wire;

/** The words that dialects have for a status. */
final class Reasons {
    private Reasons() {}

    static String title(final int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> "Internal Server Error";
        };
    }

    static String pbxCode(final ApiProblem problem) {
        return switch (problem.status()) {
            case 400, 408, 413, 415 -> problem.errors().isEmpty() ? "invalid_request" : fieldCode(problem);
            case 401 -> "unauthorized";
            case 403 -> "insufficient_scope";
            case 404, 405 -> "not_found";
            case 409 -> problem.referrerCount() > 0 ? "conflict" : "already_exists";
            case 412 -> "conflict";
            case 429 -> "rate_limited";
            case 503 -> "unavailable";
            default -> "internal";
        };
    }

    private static String fieldCode(final ApiProblem problem) {
        return problem.errors().stream().allMatch(error -> error.rule().equals("is required"))
                ? "missing_field"
                : "invalid_field";
    }

    static String voipbinStatus(final int status) {
        return switch (status) {
            case 400, 408, 413, 415 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404, 405 -> "NOT_FOUND";
            case 409 -> "ALREADY_EXISTS";
            case 412 -> "FAILED_PRECONDITION";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
    }

    private static String argument(final ApiProblem problem) {
        return problem.about().equals(ApiProblem.ID) ? "INVALID_ID" : "INVALID_ARGUMENT";
    }

    private static String absent(final ApiProblem problem) {
        return switch (problem.about()) {
            case ApiProblem.PATH -> "ROUTE_NOT_FOUND";
            case "numbers" -> "NUMBER_NOT_FOUND";
            case "flows" -> "FLOW_NOT_FOUND";
            default -> "RESOURCE_NOT_FOUND";
        };
    }

    static String voipbinReason(final ApiProblem problem) {
        return switch (problem.status()) {
            case 400 -> problem.errors().isEmpty() ? "INVALID_JSON_BODY" : argument(problem);
            case 401 -> "AUTHENTICATION_REQUIRED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> absent(problem);
            case 405 -> "ROUTE_NOT_FOUND";
            case 409, 412 -> "STATE_INVALID";
            case 408, 413, 415 -> "INVALID_ARGUMENT";
            case 429 -> "RATE_LIMIT_EXCEEDED";
            default -> "INTERNAL";
        };
    }
}
