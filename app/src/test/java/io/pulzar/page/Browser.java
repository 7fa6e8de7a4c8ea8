package io.pulzar.page;

import io.pulzar.Await;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;

/** A real browser that looks at the page as a person would: it finds things by their words. */
final class Browser implements AutoCloseable {

  private static final List<String> CHROMIUM =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final URI server;

  private Browser(ChromeDriver driver, URI server) {
    this.driver = driver;
    this.server = server;
  }

  /** Whether this machine has what {@link #open} needs: Debian's chromium and chromium-driver. */
  static boolean isInstalled() {
    return first(CHROMIUM).isPresent() && first(DRIVERS).isPresent();
  }

  /**
   * Starts it with nothing remembered.
   *
   * @param profile an empty directory
   */
  static Browser open(URI server, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(first(CHROMIUM).orElseThrow());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(first(DRIVERS).orElseThrow()).toFile())
            .usingAnyFreePort()
            .build();
    ClientConfig patience = ClientConfig.defaultConfig().readTimeout(Duration.ofMinutes(1));
    ChromeDriver driver = new ChromeDriver(service, options, patience);
    driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    return new Browser(driver, server);
  }

  private static Optional<String> first(List<String> paths) {
    return paths.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst();
  }

  /** Goes to a place of the page, such as {@code #/runs}. */
  void go(String place) {
    driver.get(server.resolve("/") + place);
  }

  /**
   * Leaves the page with all that is open in it, so that the next place is loaded from its start.
   */
  void leave() {
    driver.get("about:blank");
  }

  /** How long each answer takes from now on, at least. */
  void latency(Duration latency) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            latency.toMillis(),
            "downloadThroughput",
            -1,
            "uploadThroughput",
            -1));
  }

  /** Forgets who is signed in. */
  void forget() {
    driver.manage().deleteAllCookies();
  }

  String place() {
    String url = driver.getCurrentUrl();
    return url == null ? "" : url.substring(url.indexOf('/', 8) + 1);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Waits until the visible text of the page holds all of these. */
  void see(String... texts) {
    for (String text : texts) {
      try {
        Await.until("the page shows " + text, () -> text().contains(text));
      } catch (AssertionError missing) {
        throw new AssertionError(missing.getMessage() + "; it shows\n" + text(), missing);
      }
    }
  }

  void seeNot(String text) {
    Await.until("the page does not show " + text, () -> !text().contains(text));
  }

  String text() {
    return String.valueOf(run("return document.body.innerText"));
  }

  /** Presses the button or the link with these words; the newest dialog's, when one is open. */
  void press(String words) {
    String named =
        "[normalize-space()='%1$s' or @aria-label='%1$s' or @title='%1$s']".formatted(words);
    act(
        "press " + words,
        "(//dialog[@open]//button%1$s | //dialog[@open]//a%1$s | //button%1$s[not(ancestor::dialog)] | //a%1$s[not(ancestor::dialog)])"
            .formatted(named),
        WebElement::click);
  }

  /** Writes into the field with that label. */
  void write(String label, String text) {
    act(
        "write into " + label,
        "//*[self::input or self::textarea][@aria-label='%1$s' or @id=//label[normalize-space()='%1$s' or b='%1$s']/@for]"
            .formatted(label),
        field -> {
          field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
          field.sendKeys(text);
        });
  }

  /** Gives a file to the field with that label. */
  void upload(String label, Path file) {
    act("upload", "//input[@aria-label='" + label + "']", field -> field.sendKeys(file.toString()));
  }

  void choose(String label, String option) {
    act(
        "choose " + option,
        "//select[@aria-label='%1$s' or @id=//label[normalize-space()='%1$s']/@for]/option[normalize-space()='%2$s']"
            .formatted(label, option),
        WebElement::click);
  }

  void tick(String label) {
    act("tick " + label, "//input[@aria-label='" + label + "']", WebElement::click);
  }

  /** Types where the focus is. */
  void type(CharSequence... keys) {
    Await.until(
        "the focus stays where it is",
        () -> {
          try {
            driver.switchTo().activeElement().sendKeys(keys);
            return true;
          } catch (StaleElementReferenceException moved) {
            return false;
          }
        });
  }

  private void act(String what, String path, Consumer<WebElement> action) {
    Await.until(
        what,
        () -> {
          List<WebElement> found = driver.findElements(By.xpath(path));
          Optional<WebElement> first =
              found.stream().filter(element -> isUsable(element, path)).findFirst();
          if (first.isEmpty()) {
            return false;
          }
          try {
            action.accept(first.get());
            return true;
          } catch (WebDriverException moved) {
            return false;
          }
        });
  }

  private static boolean isUsable(WebElement element, String path) {
    try {
      return (element.isDisplayed() || path.contains("Files to store")) && element.isEnabled();
    } catch (WebDriverException gone) {
      return false;
    }
  }

  @Nullable Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /**
   * What the browser complained of since the last call; refused scripts and styles are there too.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
