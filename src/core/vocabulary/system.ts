/** The operating systems (or tools of their own) that dumps come from. */
export type System =
  | 'linux'
  | 'windows'
  | 'macos'
  | 'freebsd'
  | 'openbsd'
  | 'netbsd'
  | 'solaris'
  | 'aix'
  | 'hpux'
  | 'android'
  | 'cisco'
  | 'esxi'
  | 'junos';
