<?php
// Required by MediaWiki's settings: what its loggers are told, with the place of the caller.
class PlacedLogger extends \Psr\Log\AbstractLogger
{
    public function __construct(private string $channel)
    {
    }

    public function log($level, $message, array $context = []): void
    {
        foreach (debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS, 14) as $frame) {
            $file = $frame['file'] ?? '';
            if ($file === '' || preg_match('~placedwiki\.php|/psr/|/Psr/|AbstractLogger|LoggerTrait|GlobalFunctions\.php~', $file)) {
                continue;
            }
            foreach ($context as $key => $value) {
                if (is_scalar($value) || (is_object($value) && method_exists($value, '__toString'))) {
                    $message = str_replace('{' . $key . '}', (string) $value, (string) $message);
                }
            }
            $kept = ['place' => $file . ':' . $frame['line'], 'level' => $level, 'logger' => $this->channel, 'message' => (string) $message];
            file_put_contents(getenv('PLACED_LOG') . '.php', json_encode($kept, JSON_INVALID_UTF8_SUBSTITUTE) . "\n", FILE_APPEND);
            return;
        }
    }
}

class PlacedSpi implements \MediaWiki\Logger\Spi
{
    public function __construct($config = [])
    {
    }

    public function getLogger($channel)
    {
        return new PlacedLogger($channel);
    }
}
