package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.transport.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small files of a cache, many in one file of the disk, a volume: a file of its own costs
 * several times what its bytes cost, when it is made and when it is deleted.
 *
 * <p>A volume has length, SHA-256 and bytes of one file after another, and is only appended to. It
 * is deleted when nothing in it is wanted any more; where too much in all of them is not, what is
 * wanted of the emptiest is copied to the newest. Bytes are compared with their SHA-256 whenever
 * they are read, so that what a kill or a disk has spoilt is not given to anybody.
 *
 * <p>For any thread; reads and writes on the calling one.
 */
final class SmallFiles {
  /** The largest of them; longer ones are not worth the copying. */
  static final int LARGEST = 64 * 1024;

  /** A volume that is longer is not appended to. */
  static final long VOLUME = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SmallFiles.class);
  private static final Pattern NAME = Pattern.compile("small-([1-9][0-9]{0,17})");
  private static final int SHA_256 = 32;
  private static final int HEAD = Integer.BYTES + SHA_256;

  /** When a volume was used is not written down more often. */
  private static final long USE_NOTED_EVERY = 1_000;

  private final Path directory;
  private final long longest;
  private final Clock clock;
  private final TreeMap<Long, Volume> volumes = new TreeMap<>();
  private final Map<ContentDigest, Place> places = new HashMap<>();

  /** To the end of the last volume. */
  private Optional<FileChannel> end = Optional.empty();

  private long lastNumber;

  /** Bytes of all volumes, and of what is wanted in them. */
  private long stored;

  private long wanted;

  /** One file of the disk. */
  private static final class Volume {
    private final long number;
    private long length;
    private long wanted;
    private long used;

    private Volume(long number, long used) {
      this.number = number;
      this.used = used;
    }
  }

  /** Where the bytes of a file begin. */
  private record Place(Volume volume, long offset, int length) {
    long withHead() {
      return (long) HEAD + length;
    }
  }

  /**
   * A file that an earlier life left.
   *
   * @param used when its volume was
   */
  record Found(ContentDigest digest, long size, FileTime used) {}

  private SmallFiles(Path directory, long longest, Clock clock) {
    this.directory = directory;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * What is in a directory.
   *
   * @param longest a volume of this length is appended to no more
   * @param clock tells when files are used
   */
  static SmallFiles in(Path directory, long longest, Clock clock) throws IOException {
    var files = new SmallFiles(directory, longest, clock);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "small-*")) {
      for (Path file : found) {
        var name = NAME.matcher(file.getFileName().toString());
        var attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (name.matches()) {
          long number = Long.parseLong(name.group(1));
          files.lastNumber = Math.max(files.lastNumber, number);
          if (attributes.isRegularFile()) {
            long used = attributes.lastAccessTime().toMillis();
            files.volumes.put(number, new Volume(number, used));
          }
        }
      }
    }
    for (var volume : List.copyOf(files.volumes.values())) {
      files.scan(volume);
    }
    return files;
  }

  /** Whether a file of the directory is one of these. */
  static boolean isVolume(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** All that is here now, by volumes from the oldest to the youngest. */
  synchronized List<Found> found() {
    return places.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<ContentDigest, Place> it) -> it.getValue().volume().number)
                .thenComparing(it -> it.getValue().offset()))
        .map(
            it ->
                new Found(
                    it.getKey(),
                    it.getValue().length(),
                    FileTime.fromMillis(it.getValue().volume().used)))
        .toList();
  }

  /** Keeps a file, unless it is here and right. */
  synchronized void add(byte[] content, ContentDigest digest) throws IOException {
    if (read(digest).isEmpty()) {
      remove(digest);
      append(content, digest);
      tidyUp();
    }
  }

  /** The bytes of a file; empty when they are not here, or not what they should be. */
  synchronized Optional<byte[]> read(ContentDigest digest) {
    var place = places.get(digest);
    if (place == null) {
      return Optional.empty();
    }
    var content = ByteBuffer.allocate(place.length());
    try (var channel = FileChannel.open(file(place.volume()), StandardOpenOption.READ)) {
      readFully(channel, content, place.offset());
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("artifact", digest).setCause(e).log("small artifact not readable");
      return Optional.empty();
    }
    return digest.equals(ContentDigest.of(Sha256.begun().digest(content.array())))
        ? Optional.of(content.array())
        : Optional.empty();
  }

  /** A file that is here is used. */
  synchronized void use(ContentDigest digest) {
    Optional.ofNullable(places.get(digest)).ifPresent(place -> use(place.volume()));
  }

  private void use(Volume volume) {
    long now = clock.millis();
    if (Math.abs(now - volume.used) < USE_NOTED_EVERY) {
      return;
    }
    volume.used = now;
    try {
      Files.getFileAttributeView(file(volume), BasicFileAttributeView.class)
          .setTimes(null, FileTime.fromMillis(now), null);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", file(volume)).setCause(e).log("use not noted");
    }
  }

  /** A file is not wanted any more. */
  synchronized void remove(ContentDigest digest) {
    Optional.ofNullable(places.remove(digest)).ifPresent(this::leave);
  }

  private void leave(Place place) {
    place.volume().wanted -= place.withHead();
    wanted -= place.withHead();
    if (place.volume().wanted == 0) {
      delete(place.volume());
    }
  }

  private void append(byte[] content, ContentDigest digest) throws IOException {
    var channel = end();
    var volume = volumes.lastEntry().getValue();
    var place = new Place(volume, volume.length + HEAD, content.length);
    var head =
        ByteBuffer.allocate(HEAD)
            .putInt(content.length)
            .put(HexFormat.of().parseHex(digest.text()))
            .flip();
    ByteBuffer[] both = {head, ByteBuffer.wrap(content)};
    channel.position(volume.length);
    while (both[0].hasRemaining() || both[1].hasRemaining()) {
      channel.write(both);
    }
    grow(volume, place.withHead());
    keep(digest, place);
    use(volume);
  }

  private void grow(Volume volume, long bytes) {
    volume.length += bytes;
    stored += bytes;
  }

  private void keep(ContentDigest digest, Place place) {
    place.volume().wanted += place.withHead();
    wanted += place.withHead();
    Optional.ofNullable(places.put(digest, place)).ifPresent(this::leave);
  }

  /** Of the last volume, or of a new one when that is long enough. */
  private FileChannel end() throws IOException {
    var last = Optional.ofNullable(volumes.lastEntry()).map(Map.Entry::getValue);
    if (last.filter(volume -> volume.length < longest).isEmpty()) {
      closeEnd();
      lastNumber++;
      var next = new Volume(lastNumber, 0);
      end = Optional.of(open(next, StandardOpenOption.CREATE_NEW));
      volumes.put(next.number, next);
    } else if (end.isEmpty()) {
      // Behind what is whole there may be what a kill has left.
      var channel = open(last.get(), StandardOpenOption.WRITE);
      end = Optional.of(channel.truncate(last.get().length));
    }
    return end.get();
  }

  private FileChannel open(Volume volume, StandardOpenOption how) throws IOException {
    return FileChannel.open(file(volume), StandardOpenOption.WRITE, how);
  }

  private void closeEnd() {
    try {
      if (end.isPresent()) {
        end.get().close();
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("directory", directory).setCause(e).log("volume not closed");
    }
    end = Optional.empty();
  }

  private void delete(Volume volume) {
    if (volume == volumes.lastEntry().getValue()) {
      closeEnd();
    }
    volumes.remove(volume.number);
    stored -= volume.length;
    try {
      Files.deleteIfExists(file(volume));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file(volume)).setCause(e).log("volume not deleted");
    }
  }

  /** All volumes take at most twice as much as what is wanted in them, and a volume more. */
  private void tidyUp() {
    try {
      var emptiest = emptiest();
      while (stored - wanted > wanted + longest && emptiest.isPresent()) {
        empty(emptiest.get());
        emptiest = emptiest();
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", directory).setCause(e).log("volume not emptied");
    }
  }

  private Optional<Volume> emptiest() {
    return volumes.headMap(volumes.lastKey()).values().stream()
        .filter(volume -> volume.wanted < volume.length)
        .max(Comparator.comparing(volume -> volume.length - volume.wanted));
  }

  private void empty(Volume volume) throws IOException {
    for (var digest : in(volume)) {
      var content = read(digest);
      if (content.isPresent()) {
        append(content.get(), digest);
      } else {
        remove(digest);
      }
    }
  }

  private List<ContentDigest> in(Volume volume) {
    return places.entrySet().stream()
        .filter(it -> it.getValue().volume() == volume)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Finds what is in a volume, up to where it makes no sense. */
  private void scan(Volume volume) throws IOException {
    try (var channel = FileChannel.open(file(volume), StandardOpenOption.READ)) {
      long size = channel.size();
      var head = ByteBuffer.allocate(HEAD);
      while (volume.length + HEAD <= size) {
        readFully(channel, head.clear(), volume.length);
        int length = head.flip().getInt();
        if (length < 0 || length > LARGEST || volume.length + HEAD + length > size) {
          break;
        }
        byte[] sha256 = new byte[SHA_256];
        head.get(sha256);
        var digest = ContentDigest.of(sha256);
        var place = new Place(volume, volume.length + HEAD, length);
        grow(volume, place.withHead());
        keep(digest, place);
      }
    }
    if (volume.wanted == 0) {
      delete(volume);
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new IOException("it ends before byte " + (from + into.limit()));
      }
    }
  }

  private Path file(Volume volume) {
    return directory.resolve("small-" + volume.number);
  }
}
