package io.pulzar.extensions;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.pulzar.http.ApiException;
import io.pulzar.settings.SizeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Takes a form of the type {@code multipart/form-data} (RFC 7578) apart while it arrives: its file
 * becomes the upload and keeps its name, its fields become parameters.
 */
final class FormUpload implements AutoCloseable {

  private static final int LONGEST_NAME = 200;
  private static final long MOST_FIELD_BYTES = 1 << 20;

  private final UploadedFile upload;
  private final DefaultHttpDataFactory parts;
  private final HttpPostMultipartRequestDecoder decoder;
  private long fieldBytes;
  private boolean ended;

  /**
   * @param contentType with its boundary
   * @throws ApiException 400 {@code bad_form} when it has none
   */
  FormUpload(UploadedFile upload, String contentType) {
    this.upload = upload;
    this.parts = new DefaultHttpDataFactory(true);
    parts.setBaseDir(upload.directory().toString());
    parts.setDeleteOnExit(false);
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    if (!HttpPostRequestDecoder.isMultipart(head)) {
      throw malformed();
    }
    try {
      this.decoder = new HttpPostMultipartRequestDecoder(parts, head, StandardCharsets.UTF_8);
    } catch (DecoderException e) {
      throw malformed();
    }
  }

  /** The next bytes of the body; they are copied. */
  void take(byte[] bytes, int length) throws IOException {
    offer(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, 0, length)));
  }

  /** The body has come to its end. */
  void complete() throws IOException {
    offer(new DefaultLastHttpContent());
    if (!ended) {
      throw malformed();
    }
  }

  private void offer(HttpContent content) throws IOException {
    try {
      decoder.offer(content);
      collect();
    } catch (HttpPostRequestDecoder.EndOfDataDecoderException e) {
      ended = true;
    } catch (DecoderException e) {
      throw malformed();
    }
  }

  private void collect() throws IOException {
    while (decoder.hasNext()) {
      InterfaceHttpData part = decoder.next();
      if (part instanceof FileUpload file) {
        keep(file);
      } else if (part instanceof Attribute field) {
        fieldBytes += field.length();
        if (fieldBytes > MOST_FIELD_BYTES) {
          throw ApiException.tooLarge(
              "form_too_large",
              "the fields of the form may have %s in all; send large data as its file"
                  .formatted(SizeText.format(MOST_FIELD_BYTES)));
        }
        upload.field(field.getName(), text(field));
      }
    }
  }

  private void keep(FileUpload part) throws IOException {
    if (upload.file().isPresent()) {
      throw ApiException.badRequest(
          "bad_form", "the form has several files, and an extension takes one; send one");
    }
    Path file = upload.directory().resolve(fileName(part.getFilename()));
    if (!part.renameTo(file.toFile())) {
      throw new IOException("a part of a form can't be kept");
    }
    upload.file(file);
  }

  /** A file's own name as its client says it, without what leads elsewhere or can't be a name. */
  static String fileName(String sent) {
    String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    String printable = name.replaceAll("\\p{C}", "_");
    String plain = printable.isBlank() || printable.matches("\\.+") ? "upload" : printable;
    return plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
  }

  private static String text(Attribute field) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field.get())).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest(
          "bad_form", "the field %s of the form is not UTF-8".formatted(field.getName()));
    }
  }

  private static ApiException malformed() {
    return ApiException.badRequest(
        "bad_form", "the body is not a whole form of the type multipart/form-data");
  }

  @Override
  public void close() {
    decoder.destroy();
    parts.cleanAllHttpData();
  }
}
