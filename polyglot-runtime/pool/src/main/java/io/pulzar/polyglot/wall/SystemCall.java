package io.pulzar.polyglot.wall;

/** The system calls that the wall makes or denies. */
enum SystemCall {
  OPENAT(257, 56),
  CLOSE(3, 57),
  PRCTL(157, 167),
  CAPGET(125, 90),
  CAPSET(126, 91),
  SECCOMP(317, 277),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_ADD_RULE(445, 445),
  LANDLOCK_RESTRICT_SELF(446, 446),

  SOCKET(41, 198),

  // Other processes' memory, files and signals.
  PTRACE(101, 117),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PROCESS_MADVISE(440, 440),
  PIDFD_OPEN(434, 434),
  PIDFD_GETFD(438, 438),
  PIDFD_SEND_SIGNAL(424, 424),
  KCMP(312, 272),
  KILL(62, 129),
  TKILL(200, 130),
  TGKILL(234, 131),
  RT_SIGQUEUEINFO(129, 138),
  RT_TGSIGQUEUEINFO(297, 240),
  SHMAT(30, 196),
  SEMGET(64, 190),
  MSGGET(68, 186),

  // Ways around the rules for files, and parts of the kernel that have often had holes.
  TRUNCATE(76, 45),
  OPEN_BY_HANDLE_AT(304, 265),
  CHROOT(161, 51),
  PIVOT_ROOT(155, 41),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  MOUNT_SETATTR(442, 442),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  UNSHARE(272, 97),
  SETNS(308, 268),
  BPF(321, 280),
  IO_URING_SETUP(425, 425),
  USERFAULTFD(323, 282),
  PERF_EVENT_OPEN(298, 241),
  KEYCTL(250, 219),
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),

  // The machine as a whole, where the server is root.
  KEXEC_LOAD(246, 104),
  KEXEC_FILE_LOAD(320, 294),
  INIT_MODULE(175, 105),
  FINIT_MODULE(313, 273),
  DELETE_MODULE(176, 106),
  IOPL(172, Processor.NONE),
  IOPERM(173, Processor.NONE),
  ACCT(163, 89),
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  REBOOT(169, 142),
  SETTIMEOFDAY(164, 170),
  CLOCK_SETTIME(227, 112),
  ADJTIMEX(159, 171),
  CLOCK_ADJTIME(305, 266),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  QUOTACTL(179, 60),
  SYSLOG(103, 116),
  VHANGUP(153, 58),

  // New processes.
  EXECVE(59, 221),
  EXECVEAT(322, 281),
  FORK(57, Processor.NONE),
  VFORK(58, Processor.NONE),
  CLONE(56, 220),
  CLONE3(435, 435);

  final int x86;
  final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }
}
