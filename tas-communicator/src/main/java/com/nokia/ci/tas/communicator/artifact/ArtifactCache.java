package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The artifacts that a node keeps, each once whatever it is called, under the SHA-256 of its bytes.
 *
 * <p>The directory alone is the index: a file is called as its digest says, its time of access is
 * when it was used last, and nobody gets it before it is complete. A file is right while size and
 * time of modification are those that it had when its bytes were last compared with its name; else
 * they are compared again, and after a start of the node at the first use. One that is wrong is
 * thrown away. {@link SmallFiles} have no file of their own, and are compared at every use.
 *
 * <p>Whatever does not fit is evicted, the longest unused first, but never what a run uses: the
 * limit holds for what no run uses. For any thread; files are read and written by the calling one.
 */
public final class ArtifactCache {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactCache.class);

  /** So much of the disk is not for artifacts. */
  private static final long SPARED = 512L << 20;

  private final Path directory;
  private final CacheLimits limits;
  private final Placement placement;
  private final Clock clock;
  private final ContentNames names;
  private final SmallFiles small;

  /** The longest unused first. */
  private final Map<ContentDigest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private volatile Runnable onTold = () -> {};
  private long bytes;
  private long hits;
  private long misses;
  private long broken;

  /** One file; its fields are guarded by the entries. */
  private static final class Entry {
    private final ContentDigest digest;
    private final long size;
    private final boolean isSmall;

    /** Time of modification of what was compared with the name; empty: nothing was. */
    private Optional<FileTime> verified = Optional.empty();

    private int users;

    private Entry(ContentDigest digest, long size, boolean isSmall) {
      this.digest = digest;
      this.size = size;
      this.isSmall = isSmall;
    }
  }

  private ArtifactCache(Path directory, CacheLimits limits, Clock clock) throws IOException {
    this.directory = directory;
    this.limits = limits;
    this.clock = clock;
    this.placement = Placement.in(directory, limits.links());
    this.small = SmallFiles.in(directory, SmallFiles.VOLUME, clock);
    scan();
    evict();
    this.names = ContentNames.in(directory, this::has);
  }

  /**
   * Opens a cache with what an earlier life of the node left in it.
   *
   * @param directory made when it is not there; nobody else uses it
   * @param clock tells when files are used
   * @throws IOException when the directory cannot be used
   */
  public static ArtifactCache open(Path directory, CacheLimits limits, Clock clock)
      throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    FlatDirectory.delete(absolute.resolve(Arriving.NAME));
    return new ArtifactCache(absolute, limits, clock);
  }

  /** Where files arrive that are to become part of it; on the same disk. */
  Arriving arriving() {
    return new Arriving(directory);
  }

  /**
   * A file that is here and right.
   *
   * @return empty when it is not here; what is wrong is not here any more after that
   */
  public Optional<CachedFile> take(ContentDigest digest) {
    Optional<Entry> held;
    synchronized (entries) {
      held = Optional.ofNullable(entries.get(digest));
      held.ifPresent(entry -> entry.users++);
    }
    var right = held.flatMap(this::right);
    if (right.isPresent()) {
      synchronized (entries) {
        hits++;
      }
      touch(held.get());
    } else {
      held.ifPresent(this::drop);
    }
    return right;
  }

  /** The use of a file, if it is right; of a small one with its bytes, which were read for that. */
  private Optional<CachedFile> right(Entry entry) {
    if (!entry.isSmall) {
      return isRightInFile(entry) ? Optional.of(new InUse(entry)) : Optional.empty();
    }
    var content = small.read(entry.digest);
    if (content.isEmpty()) {
      warnOf(entry);
    }
    return content.map(bytes -> new InUse(entry, bytes));
  }

  /**
   * Who is told when what is {@link #told} has changed; on any thread, must not block.
   *
   * @param listener takes the place of the one before
   */
  public void onTold(Runnable listener) {
    onTold = listener;
  }

  /** Somebody got something else than this: before its next use it is compared with its name. */
  public void doubt(ContentDigest digest) {
    synchronized (entries) {
      Optional.ofNullable(entries.get(digest)).ifPresent(it -> it.verified = Optional.empty());
    }
  }

  /** Whether a file of this digest is here, right or wrong. */
  public boolean has(ContentDigest digest) {
    synchronized (entries) {
      return entries.containsKey(digest);
    }
  }

  /**
   * Takes a file over.
   *
   * @param arrived moved into the cache, or deleted when it is there already
   * @param digest of its bytes, which the caller has taken
   */
  public CachedFile add(Path arrived, ContentDigest digest) throws IOException {
    setUsed(arrived);
    return new InUse(enter(Optional.of(arrived), digest, Files.size(arrived)));
  }

  /**
   * The same for the bytes of a file.
   *
   * @param content {@link SmallFiles#LARGEST} bytes at most
   */
  public CachedFile add(byte[] content, ContentDigest digest) throws IOException {
    small.add(content, digest);
    return new InUse(enter(Optional.empty(), digest, content.length), content);
  }

  private void setUsed(Path file) throws IOException {
    var time = FileTime.fromMillis(clock.millis());
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, null);
  }

  /**
   * Makes a file an entry, which has one user more.
   *
   * @param arrived is moved to its name; empty: it is among the small ones
   */
  private Entry enter(Optional<Path> arrived, ContentDigest digest, long size) throws IOException {
    Entry entry;
    boolean isNew;
    boolean isSmall = arrived.isEmpty();
    synchronized (entries) {
      isNew = !entries.containsKey(digest);
      Optional<FileTime> verified = Optional.empty();
      // What has just come is known to be right; what was here may not be.
      if (arrived.isPresent()) {
        verified = Optional.of(modified(arrived.get()));
        Files.move(arrived.get(), file(digest), StandardCopyOption.ATOMIC_MOVE);
      }
      Optional.ofNullable(entries.get(digest))
          .filter(it -> it.size != size || it.isSmall != isSmall)
          .ifPresent(former -> forgetForAnother(former, isSmall));
      entry = entries.computeIfAbsent(digest, absent -> newEntry(absent, size, isSmall));
      entry.verified = verified;
      entry.users++;
      misses++;
    }
    evict();
    if (isNew && size >= LargeArtifact.SMALLEST) {
      onTold.run();
    }
    return entry;
  }

  /** Guarded by the entries. */
  private Entry newEntry(ContentDigest digest, long size, boolean isSmall) {
    bytes += size;
    return new Entry(digest, size, isSmall);
  }

  /** A large file that is here came under this name; used last. */
  void called(CachedFile file, String name) {
    if (file.size() >= LargeArtifact.SMALLEST) {
      names.put(name, file.digest());
    }
  }

  /** The large file that came last under this name, if it is here. */
  Optional<ContentDigest> named(String name) {
    return names.get(name).filter(this::has);
  }

  /**
   * Evicts what has to go so that a file finds room on the disk.
   *
   * @param size of the file; less than 0: unknown
   */
  void makeRoom(long size) {
    if (size < LargeArtifact.SMALLEST) {
      return;
    }
    // Once in the cache, and where it can be neither cloned nor linked once more in a workspace.
    long wanted = 2 * size + SPARED;
    long room = directory.toFile().getUsableSpace();
    if (room < wanted) {
      long most;
      synchronized (entries) {
        most = bytes - (wanted - room);
      }
      evictTo(Math.max(0, most));
    }
  }

  /** The large files that others are told of, those used last first. */
  public List<ContentDigest> told() {
    var large = new ArrayDeque<ContentDigest>();
    synchronized (entries) {
      for (Entry entry : entries.values()) {
        if (entry.size >= LargeArtifact.SMALLEST) {
          large.addFirst(entry.digest);
        }
      }
    }
    return large.stream().limit(NodeDescription.MOST_HELD).toList();
  }

  /** How it is doing. */
  public CacheFigures figures() {
    synchronized (entries) {
      return new CacheFigures(entries.size(), bytes, limits.bytes(), hits, misses, broken);
    }
  }

  private void scan() throws IOException {
    record Found(ContentDigest digest, long size, FileTime used, boolean isSmall) {}
    var found = new ArrayList<Found>();
    for (var it : small.found()) {
      found.add(new Found(it.digest(), it.size(), it.used(), /* isSmall= */ true));
      Files.deleteIfExists(file(it.digest()));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        var digest = ContentDigest.parse(file.getFileName().toString());
        var attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (digest.isPresent() && attributes.isRegularFile()) {
          found.add(
              new Found(
                  digest.get(),
                  attributes.size(),
                  attributes.lastAccessTime(),
                  /* isSmall= */ false));
        } else if (attributes.isRegularFile()
            && !file.endsWith(ContentNames.FILE)
            && !SmallFiles.isVolume(file)) {
          Files.delete(file);
        }
      }
    }
    found.sort(Comparator.comparing(Found::used));
    for (var file : found) {
      entries.put(file.digest(), newEntry(file.digest(), file.size(), file.isSmall()));
    }
  }

  private static void warnOf(Entry entry) {
    LOG.atWarn()
        .addKeyValue("artifact", entry.digest)
        .log("a cached artifact was changed or is gone; it is fetched again");
  }

  private boolean isRightInFile(Entry entry) {
    Path file = file(entry.digest);
    try {
      Optional<FileTime> verified;
      synchronized (entries) {
        verified = entry.verified;
      }
      var now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isUnchanged =
          verified.filter(now.lastModifiedTime()::equals).isPresent() && now.size() == entry.size;
      if (isUnchanged) {
        return true;
      }
      if (now.size() == entry.size && DigestBook.digest(file).equals(entry.digest)) {
        synchronized (entries) {
          entry.verified = Optional.of(now.lastModifiedTime());
        }
        return true;
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("cached artifact not readable");
    }
    warnOf(entry);
    return false;
  }

  private void touch(Entry entry) {
    if (entry.isSmall) {
      small.use(entry.digest);
      return;
    }
    var now = FileTime.fromMillis(clock.millis());
    try {
      Files.getFileAttributeView(file(entry.digest), BasicFileAttributeView.class)
          .setTimes(null, now, null);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("artifact", entry.digest).setCause(e).log("use not noted");
    }
  }

  /** Who has it in use goes on with what it has placed. */
  private void drop(Entry entry) {
    synchronized (entries) {
      if (entries.get(entry.digest) != entry) {
        return;
      }
      forget(entry);
      broken++;
      delete(takeOut(entry));
    }
    if (entry.size >= LargeArtifact.SMALLEST) {
      onTold.run();
    }
  }

  /** Guarded by the entries. */
  private void forget(Entry entry) {
    entries.remove(entry.digest);
    bytes -= entry.size;
  }

  /** Guarded by the entries; the other is there already. */
  private void forgetForAnother(Entry former, boolean isSmall) {
    forget(former);
    if (former.isSmall) {
      small.remove(former.digest);
    } else if (isSmall) {
      delete(aside(former.digest));
    }
  }

  private void evict() {
    evictTo(limits.bytes());
  }

  private void evictTo(long most) {
    var evicted = new ArrayList<Optional<Path>>();
    synchronized (entries) {
      var eldest = entries.values().iterator();
      while ((bytes > most || entries.size() > limits.files()) && eldest.hasNext()) {
        Entry entry = eldest.next();
        if (entry.users == 0) {
          eldest.remove();
          bytes -= entry.size;
          evicted.add(takeOut(entry));
        }
      }
    }
    evicted.forEach(this::delete);
  }

  /** What is left to be deleted of it. */
  private Optional<Path> takeOut(Entry entry) {
    if (entry.isSmall) {
      small.remove(entry.digest);
      return Optional.empty();
    }
    return aside(entry.digest);
  }

  /** Frees the name at once; deleting a large file takes a while. */
  private Optional<Path> aside(ContentDigest digest) {
    Path aside = directory.resolve("." + UUID.randomUUID());
    try {
      Files.move(file(digest), aside, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(aside);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("artifact", digest).setCause(e).log("artifact not evicted");
      return Optional.empty();
    }
  }

  private void delete(Optional<Path> file) {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file.get()).setCause(e).log("artifact not deleted");
    }
  }

  private Path file(ContentDigest digest) {
    return directory.resolve(digest.text());
  }

  private static FileTime modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The use of one file by one run. */
  private final class InUse implements CachedFile {
    private final Entry entry;
    private final AtomicBoolean over = new AtomicBoolean();

    /** For the first who asks, which is soon: a run uses its files for long. */
    private final AtomicReference<byte[]> atHand = new AtomicReference<>();

    private InUse(Entry entry) {
      this.entry = entry;
    }

    private InUse(Entry entry, byte[] content) {
      this(entry);
      atHand.set(content);
    }

    @Override
    public ContentDigest digest() {
      return entry.digest;
    }

    @Override
    public long size() {
      return entry.size;
    }

    @Override
    public FileSource source() {
      return entry.isSmall
          ? FileSource.of(() -> new ByteArrayInputStream(content()), entry.size)
          : FileSource.of(file(entry.digest));
    }

    @Override
    public void placeAt(Path target) throws IOException {
      if (entry.isSmall) {
        Placement.place(content(), target);
      } else {
        placement.place(file(entry.digest), entry.size, target);
      }
    }

    private byte[] content() throws IOException {
      var first = Optional.ofNullable(atHand.getAndSet(null));
      return first
          .or(() -> small.read(entry.digest))
          .orElseThrow(() -> new IOException("the cached artifact " + entry.digest + " is gone"));
    }

    @Override
    public void close() {
      if (over.compareAndSet(false, true)) {
        boolean isFull;
        synchronized (entries) {
          entry.users--;
          isFull = bytes > limits.bytes() || entries.size() > limits.files();
        }
        if (isFull) {
          evict();
        }
      }
    }
  }
}
