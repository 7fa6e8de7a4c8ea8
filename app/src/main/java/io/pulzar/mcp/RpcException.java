package io.pulzar.mcp;

/** A message that is no request, or one that nobody here answers: an error of JSON-RPC. */
final class RpcException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int PARSE_ERROR = -32_700;
  static final int INVALID_REQUEST = -32_600;
  static final int METHOD_NOT_FOUND = -32_601;
  static final int INVALID_PARAMS = -32_602;

  private final int code;

  private RpcException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static RpcException notJson(String why) {
    return new RpcException(PARSE_ERROR, why);
  }

  static RpcException noRequest(String why) {
    return new RpcException(INVALID_REQUEST, why);
  }

  static RpcException noSuchMethod(String method) {
    return new RpcException(METHOD_NOT_FOUND, "there is no method " + method);
  }

  static RpcException badParams(String why) {
    return new RpcException(INVALID_PARAMS, why);
  }

  int code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
