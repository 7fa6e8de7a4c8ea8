package io.pulzar.bucket;

import io.pulzar.settings.BadSettingException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Makes the SDK's client. It repeats nothing by itself ({@link Attempts} does) and computes no
 * checksums of its own: what is sent has an MD5, which every server that speaks S3 checks, and what
 * is read is checked block by block.
 */
final class Clients {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Clients() {}

  static S3Client open(BucketAddress address) {
    Duration connect = address.timeout().compareTo(CONNECT) < 0 ? address.timeout() : CONNECT;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(connect)
                    .socketTimeout(address.timeout())
                    .build())
            .forcePathStyle(address.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.expectContinueEnabled(false))
            .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .credentialsProvider(credentials(address));
    address.endpoint().ifPresent(builder::endpointOverride);
    address.region().map(Region::of).ifPresent(builder::region);
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new BadSettingException(
          address.url() + " can't be used: " + e.getMessage() + "; set " + BucketSettings.REGION);
    }
  }

  /** Signs URLs for others. */
  static S3Presigner presigner(BucketAddress address) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .credentialsProvider(credentials(address))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(address.pathStyle()).build());
    address.endpoint().ifPresent(builder::endpointOverride);
    address.region().map(Region::of).ifPresent(builder::region);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(BucketAddress address) {
    return address.key().isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(address.key().get().id(), address.key().get().secret()))
        : DefaultCredentialsProvider.builder().build();
  }
}
