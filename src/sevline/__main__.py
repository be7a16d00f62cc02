from sevline.cli import main

main()
