/** The pictures used, from Lucide (ISC). One line each: what is not named here is not shipped. */
import capsLock from 'lucide-static/icons/arrow-big-up-dash.svg?raw';
import shift from 'lucide-static/icons/arrow-big-up.svg?raw';
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import building from 'lucide-static/icons/building-2.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import circleCheck from 'lucide-static/icons/circle-check.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import circleHelp from 'lucide-static/icons/circle-question-mark.svg?raw';
import circleStop from 'lucide-static/icons/circle-stop.svg?raw';
import clipboard from 'lucide-static/icons/clipboard-list.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import cloudOff from 'lucide-static/icons/cloud-off.svg?raw';
import newLine from 'lucide-static/icons/corner-down-left.svg?raw';
import erase from 'lucide-static/icons/delete.svg?raw';
import factory from 'lucide-static/icons/factory.svg?raw';
import fileWarning from 'lucide-static/icons/file-warning.svg?raw';
import flag from 'lucide-static/icons/flag.svg?raw';
import hardDrive from 'lucide-static/icons/hard-drive.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import hourglass from 'lucide-static/icons/hourglass.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import idCard from 'lucide-static/icons/id-card.svg?raw';
import image from 'lucide-static/icons/image.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import notebook from 'lucide-static/icons/notebook-pen.svg?raw';
import octagonX from 'lucide-static/icons/octagon-x.svg?raw';
import packageIcon from 'lucide-static/icons/package.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import qrCode from 'lucide-static/icons/qr-code.svg?raw';
import refresh from 'lucide-static/icons/refresh-cw.svg?raw';
import rotateCcw from 'lucide-static/icons/rotate-ccw.svg?raw';
import ruler from 'lucide-static/icons/ruler.svg?raw';
import scan from 'lucide-static/icons/scan-barcode.svg?raw';
import server from 'lucide-static/icons/server.svg?raw';
import shieldAlert from 'lucide-static/icons/shield-alert.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import wrench from 'lucide-static/icons/wrench.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';

const files = {
  arrowLeft,
  arrowRight,
  building,
  capsLock,
  check,
  chevronDown,
  chevronRight,
  circleCheck,
  circleDashed,
  circleHelp,
  circleStop,
  clipboard,
  clock,
  cloudOff,
  erase,
  factory,
  fileWarning,
  flag,
  hardDrive,
  history,
  hourglass,
  house,
  idCard,
  image,
  keyboard,
  lock,
  minus,
  moon,
  newLine,
  notebook,
  octagonX,
  package: packageIcon,
  pause,
  play,
  plus,
  qrCode,
  refresh,
  rotateCcw,
  ruler,
  scan,
  server,
  shieldAlert,
  shift,
  sun,
  trash,
  triangleAlert,
  undo,
  wrench,
  x,
};

export type IconName = keyof typeof files;

/** What stands inside the `svg` element of each file. */
export const icons = Object.fromEntries(
  Object.entries(files).map(([name, file]) => [name, file.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '')]),
) as Record<IconName, string>;
