import type { WidgetComponentType } from './types';
import { Badge } from './components/Badge';
import { Basic } from './components/Basic';
import { Box, Col, Row } from './components/Box';
import { Button } from './components/Button';
import { Card } from './components/Card';
import { Chart } from './components/Chart';
import { Checkbox } from './components/Checkbox';
import { DatePicker } from './components/DatePicker';
import { Divider } from './components/Divider';
import { Form } from './components/Form';
import { Icon } from './components/Icon';
import { Image } from './components/Image';
import { Input, Textarea } from './components/Input';
import { Label } from './components/Label';
import { ListView } from './components/ListView';
import { ListViewItem } from './components/ListViewItem';
import { RadioGroup } from './components/RadioGroup';
import { Select } from './components/Select';
import { Spacer } from './components/Spacer';
import { Table, TableCell, TableRow } from './components/Table';
import { Caption, Text, Title, WidgetMarkdown } from './components/Text';
import { Transition } from './components/Transition';

/** Every component of ChatKit's widgets, by its type. */
export const COMPONENTS: Readonly<Record<string, WidgetComponentType>> = {
  Badge,
  Basic,
  Box,
  Button,
  Caption,
  Card,
  Chart,
  Checkbox,
  Col,
  DatePicker,
  Divider,
  Form,
  Icon,
  Image,
  Input,
  Label,
  ListView,
  ListViewItem,
  Markdown: WidgetMarkdown,
  RadioGroup,
  Row,
  Select,
  Spacer,
  Table,
  'Table.Cell': TableCell,
  'Table.Row': TableRow,
  Text,
  Textarea,
  Title,
  Transition,
};
